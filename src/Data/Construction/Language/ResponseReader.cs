using System.Globalization;
using System.Text.Json;

namespace NSft.Data.Construction.Language;

/// <summary>Reads a response into its fields. Whatever the text is, the result is a value: nothing throws.</summary>
/// <param name="codes">Codes that may be used; empty when the prompt shows no codebook, and codes are not read.</param>
internal sealed class ResponseReader(IReadOnlyList<string> codes)
{
    /// <summary>The code of turns that were made without a codebook.</summary>
    public const string NoCode = "none";

    private const int MostEntries = 200;

    /// <summary>Reads a response.</summary>
    public ResponseCheck Read(string text)
    {
        if (ResponseJson.Find(text, "turns") is not JsonElement root)
        {
            return new ResponseCheck(null, [new Rejection(RejectionReason.NotJson, "it holds no valid JSON object")]);
        }

        List<Rejection> rejections = [];
        LanguageError?[] errors = [.. Entries(root, "errors", rejections).Select((entry, index) => ReadError(new Entry(entry, Place("errors", index), rejections)))];
        LanguageTurn?[] turns = [.. Entries(root, "turns", rejections).Select((entry, index) => ReadTurn(new Entry(entry, Place("turns", index), rejections)))];
        Entry whole = new(root, "the object", rejections);
        return new ResponseCheck(new LanguageResponse(errors, turns, whole.Flag("no_error")), rejections);
    }

    /// <summary>How rejections call an entry.</summary>
    public static string Place(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");

    private static List<JsonElement> Entries(JsonElement root, string field, List<Rejection> rejections)
    {
        if (!root.TryGetProperty(field, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            rejections.Add(new Rejection(RejectionReason.Schema, $"\"{field}\" is missing or no list"));
            return [];
        }

        if (list.GetArrayLength() <= MostEntries)
        {
            return [.. list.EnumerateArray()];
        }

        rejections.Add(new Rejection(RejectionReason.Schema, string.Create(CultureInfo.InvariantCulture, $"\"{field}\" has more than {MostEntries} entries")));
        return [];
    }

    private LanguageError? ReadError(Entry entry)
    {
        string? code = Code(entry);
        string? span = entry.Text("span");
        string? fact = entry.Text("fact");
        int severity = entry.Number("severity") ?? 1;
        return code is null || span is null || fact is null ? null : new LanguageError(code, span, fact, severity);
    }

    private LanguageTurn? ReadTurn(Entry entry)
    {
        string? question = entry.Text("question");
        string? answer = entry.Text("answer");
        string? code = Code(entry);
        TurnPolarity? polarity = entry.Choice<TurnPolarity>("polarity");
        TurnKind? kind = entry.Choice<TurnKind>("kind");
        int? error = entry.Number("error");
        bool isRead = question is not null && answer is not null && code is not null && polarity is not null && kind is not null;
        return isRead ? new LanguageTurn(question!, answer!, code!, polarity!.Value, kind!.Value, error) : null;
    }

    private string? Code(Entry entry)
    {
        if (codes.Count == 0)
        {
            return NoCode;
        }

        string? text = entry.Text("code");
        string? code = text is null ? null : codes.FirstOrDefault(other => other.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
        if (text is not null && code is null)
        {
            entry.Reject("code", "is not one of " + string.Join(", ", codes));
        }

        return code;
    }

    /// <summary>An object inside a response that notes what is wrong with its fields.</summary>
    private readonly record struct Entry(JsonElement Element, string Place, List<Rejection> Rejections)
    {
        public string? Text(string field)
        {
            if (Field(field) is not { ValueKind: JsonValueKind.String } value)
            {
                Reject(field, "is missing or no text");
                return null;
            }

            try
            {
                return value.GetString();
            }
            catch (InvalidOperationException)
            {
                // An escape that is half a character.
                Reject(field, "is no valid Unicode");
                return null;
            }
        }

        // Absent and null are the same; a whole number may be written as 1.0.
        public int? Number(string field)
        {
            if (Field(field) is not JsonElement value || value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && Math.Abs(number) < int.MaxValue && Math.Floor(number) == number)
            {
                return (int)number;
            }

            Reject(field, "is no whole number");
            return null;
        }

        public bool? Flag(string field)
        {
            if (Field(field) is not JsonElement value || value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                Reject(field, "is neither true nor false");
                return null;
            }

            return value.GetBoolean();
        }

        public T? Choice<T>(string field)
            where T : struct, Enum
        {
            if (Text(field) is not string text)
            {
                return null;
            }

            foreach (T value in Enum.GetValues<T>())
            {
                if (ConstructionName.Of(value).Equals(text.Trim(), StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }
            }

            Reject(field, "is not one of " + string.Join(", ", Enum.GetValues<T>().Select(ConstructionName.Of)));
            return null;
        }

        public void Reject(string field, string reason) => Rejections.Add(new Rejection(RejectionReason.Schema, $"{Place}: \"{field}\" {reason}"));

        private JsonElement? Field(string field) => Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(field, out JsonElement value) ? value : null;
    }
}
