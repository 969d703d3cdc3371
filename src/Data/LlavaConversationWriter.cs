using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data;

/// <summary>Writes LLaVA conversation JSON: an array with one row a line, so that files can be compared line by line.</summary>
public static class LlavaConversationWriter
{
    /// <summary>Writes rows; the file appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The rows; <see cref="SupervisedRow.Extensions"/> are written behind the known fields.</param>
    /// <exception cref="Collectives.UserInputException">The place cannot be written.</exception>
    public static void Write(string path, IEnumerable<SupervisedRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        JsonArrayFile.Write(path, rows, WriteRow);
    }

    private static void WriteRow(Utf8JsonWriter writer, SupervisedRow row)
    {
        writer.WriteStartObject();
        writer.WriteString("id", row.Id);
        writer.WriteString("image", row.Image);
        writer.WriteStartArray("conversations");
        for (int index = 0; index < row.Turns.Count; index++)
        {
            string marker = index == 0 ? RowFields.ImageMarker + "\n" : "";
            WriteTurn(writer, "human", marker + row.Turns[index].Question);
            WriteTurn(writer, "gpt", row.Turns[index].Answer);
        }

        writer.WriteEndArray();
        JsonArrayFile.WriteFields(writer, row.Extensions);
        writer.WriteEndObject();
    }

    private static void WriteTurn(Utf8JsonWriter writer, string role, string value)
    {
        writer.WriteStartObject();
        writer.WriteString("from", role);
        writer.WriteString("value", value);
        writer.WriteEndObject();
    }
}
