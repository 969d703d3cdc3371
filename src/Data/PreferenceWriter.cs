using System.Text.Json;

namespace NSft.Data;

/// <summary>Writes preference rows <c>{id, image, question, chosen, rejected}</c>: a JSON array with one row a line.</summary>
public static class PreferenceWriter
{
    /// <summary>Writes rows; the file appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pairs">The rows, taken one after the other; <see cref="PreferencePair.Extensions"/> are written behind the known fields.</param>
    /// <exception cref="Collectives.UserInputException">The place cannot be written.</exception>
    public static void Write(string path, IEnumerable<PreferencePair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        JsonArrayFile.Write(path, pairs, WriteRow);
    }

    private static void WriteRow(Utf8JsonWriter writer, PreferencePair pair)
    {
        writer.WriteStartObject();
        writer.WriteString("id", pair.Id);
        writer.WriteString("image", pair.Image);
        writer.WriteString("question", pair.Question);
        writer.WriteString("chosen", pair.Chosen);
        if (pair.Rejected.Length > 0)
        {
            writer.WriteString("rejected", pair.Rejected);
        }

        JsonArrayFile.WriteFields(writer, pair.Extensions);
        writer.WriteEndObject();
    }
}
