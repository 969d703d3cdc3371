using System.Text;
using System.Text.Json;

namespace NSft.Data.Construction.Language;

/// <summary>Finds the JSON object of a response among code fences, thoughts and courtesies.</summary>
internal static class ResponseJson
{
    private const int LongestText = 1 << 20;
    private const long MostBytesRead = 64 << 20;

    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The last object of a text that has a field, else its last object at all: models think first and answer last.</summary>
    /// <param name="text">The text.</param>
    /// <param name="field">Name of the field that the wanted object has.</param>
    /// <returns>The object, or null when there is none. Objects inside other objects are not looked at.</returns>
    public static JsonElement? Find(string text, string field)
    {
        if (text.Length > LongestText)
        {
            return null;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        JsonElement? best = null;
        int start = bytes.AsSpan().IndexOf((byte)'{');
        long left = MostBytesRead;
        while (start >= 0 && left > 0)
        {
            // A start that leads nowhere may have been read to the end of the text.
            int end = start + 1;
            left -= bytes.Length - start;
            if (Parse(bytes.AsSpan(start)) is (JsonElement found, int length))
            {
                end = start + length;
                left += bytes.Length - end;
                bool isWanted = found.TryGetProperty(field, out _);
                best = isWanted || best is null || !best.Value.TryGetProperty(field, out _) ? found : best;
            }

            int next = bytes.AsSpan(end).IndexOf((byte)'{');
            start = next < 0 ? -1 : end + next;
        }

        return best;
    }

    private static (JsonElement Element, int Length)? Parse(ReadOnlySpan<byte> bytes)
    {
        Utf8JsonReader reader = new(bytes, Lenient);
        try
        {
            if (!JsonDocument.TryParseValue(ref reader, out JsonDocument? document))
            {
                return null;
            }

            using (document)
            {
                return (document.RootElement.Clone(), (int)reader.BytesConsumed);
            }
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
