using System.Text.Encodings.Web;
using System.Text.Json;
using NSft.Collectives.Files;

namespace NSft.Data;

/// <summary>Writes preference rows <c>{id, image, question, chosen, rejected}</c>: a JSON array with one row a line.</summary>
public static class PreferenceWriter
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes rows; the file appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pairs">The rows, taken one after the other; <see cref="PreferencePair.Extensions"/> are written behind the known fields.</param>
    /// <exception cref="Collectives.UserInputException">The place cannot be written.</exception>
    public static void Write(string path, IEnumerable<PreferencePair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        AtomicFile.Write(path, stream => WriteRows(stream, pairs));
    }

    private static void WriteRows(Stream stream, IEnumerable<PreferencePair> pairs)
    {
        stream.Write("["u8);
        bool isFirst = true;
        using Utf8JsonWriter writer = new(stream, Json);
        foreach (PreferencePair pair in pairs)
        {
            stream.Write(isFirst ? "\n"u8 : ",\n"u8);
            isFirst = false;
            WriteRow(writer, pair);
            writer.Flush();
            writer.Reset();
        }

        stream.Write("\n]\n"u8);
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

        foreach ((string name, string value) in pair.Extensions)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value);
        }

        writer.WriteEndObject();
    }
}
