using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NSft.Collectives.Files;
using NSft.Data.Reading;

namespace NSft.Data.Sampling;

/// <summary>
/// Completion files: JSON lines of <c>{id, image, question, reference?, completions: [{text, tokens, truncated}]}</c>.
/// </summary>
public static class CompletionFile
{
    private const string Completions = "completions";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">JSON lines or a JSON array, UTF-8.</param>
    /// <param name="imageDirectory">Where images lie; when given, a row whose image is not there cannot be used.</param>
    /// <param name="isStrict">Whether a row that cannot be used is an error.</param>
    /// <returns>The usable rows, and a problem for every other row.</returns>
    /// <exception cref="Collectives.UserInputException">
    /// The file cannot be read, is no JSON, or holds no usable row; or it is read strictly and holds an unusable one.
    /// </exception>
    public static ReadOutcome<CompletionRow> Read(string path, string? imageDirectory = null, bool isStrict = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        return RowCollector.Collect(path, isStrict, (element, row, id) => ReadRow(element, row, id, imageDirectory));
    }

    /// <summary>Writes rows as they come; the file appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="Collectives.UserInputException">The place cannot be written.</exception>
    public static void Write(string path, IEnumerable<CompletionRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        AtomicFile.Write(path, stream =>
        {
            foreach (CompletionRow row in rows)
            {
                using (Utf8JsonWriter writer = new(stream, Json))
                {
                    WriteRow(writer, row);
                }

                stream.Write("\n"u8);
            }
        });
    }

    private static CompletionRow ReadRow(JsonElement element, int row, string id, string? imageDirectory)
    {
        string image = RowFields.Image(element, imageDirectory);
        string question = RowFields.Question(RowFields.Required(element, "question"), "question", fewestMarkers: 0, mostMarkers: 1);
        if (!element.TryGetProperty(Completions, out JsonElement list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            throw new RowRejectedException("field 'completions' is missing or holds none", "write it with nsft sample, or drop the row");
        }

        return new CompletionRow(id, image, question, [.. list.EnumerateArray().Select(ReadCompletion)])
        {
            Row = row,
            Reference = element.TryGetProperty("reference", out JsonElement reference) && reference.ValueKind != JsonValueKind.Null
                ? RowFields.Text(reference, "reference")
                : null,
        };
    }

    /// <summary>A completion, or its bare text.</summary>
    private static Completion ReadCompletion(JsonElement element, int index)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return new Completion(RowFields.Text(element, Completions), 0, false);
        }

        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("text", out JsonElement text))
        {
            throw new RowRejectedException(
                string.Create(CultureInfo.InvariantCulture, $"completion {index + 1} has no 'text'"), "write a completion as {\"text\": ..., \"tokens\": ...}");
        }

        int tokens = element.TryGetProperty("tokens", out JsonElement count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt32(out int value) ? value : 0;
        bool isTruncated = element.TryGetProperty("truncated", out JsonElement truncated) && truncated.ValueKind == JsonValueKind.True;
        return new Completion(RowFields.Text(text, "text"), tokens, isTruncated);
    }

    private static void WriteRow(Utf8JsonWriter writer, CompletionRow row)
    {
        writer.WriteStartObject();
        writer.WriteString("id", row.Id);
        writer.WriteString("image", row.Image);
        writer.WriteString("question", row.Question);
        if (row.Reference is not null)
        {
            writer.WriteString("reference", row.Reference);
        }

        writer.WriteStartArray(Completions);
        foreach (Completion completion in row.Completions)
        {
            writer.WriteStartObject();
            writer.WriteString("text", completion.Text);
            writer.WriteNumber("tokens", completion.TokenCount);
            writer.WriteBoolean("truncated", completion.IsTruncated);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
