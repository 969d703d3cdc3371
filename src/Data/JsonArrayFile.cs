using System.Text.Encodings.Web;
using System.Text.Json;
using NSft.Collectives.Files;

namespace NSft.Data;

/// <summary>Writes a JSON array with one row a line, so that files can be compared line by line. Rows are taken one after the other.</summary>
internal static class JsonArrayFile
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes rows; the file appears whole or not at all.</summary>
    /// <exception cref="Collectives.UserInputException">The place cannot be written.</exception>
    public static void Write<T>(string path, IEnumerable<T> rows, Action<Utf8JsonWriter, T> write) => AtomicFile.Write(path, stream =>
    {
        stream.Write("["u8);
        bool isFirst = true;
        using Utf8JsonWriter writer = new(stream, Json);
        foreach (T row in rows)
        {
            stream.Write(isFirst ? "\n"u8 : ",\n"u8);
            isFirst = false;
            write(writer, row);
            writer.Flush();
            writer.Reset();
        }

        stream.Write("\n]\n"u8);
    });

    /// <summary>Writes fields that are kept as raw JSON.</summary>
    public static void WriteFields(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> fields)
    {
        foreach ((string name, string value) in fields)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value);
        }
    }
}
