using System.Globalization;
using System.Text.Json;

namespace NSft.Data.Chat.OpenAi;

/// <summary>What a server says about a failure, in any of the forms that compatible servers use.</summary>
/// <param name="Message">Its words; empty when there are none.</param>
/// <param name="Type">Type of the error, or empty.</param>
/// <param name="Code">Code of the error, or empty.</param>
/// <param name="Parameter">Part of the request that it names, or empty.</param>
internal sealed record ErrorBody(string Message, string Type, string Code, string Parameter)
{
    private static readonly string[] Unsupported = ["unsupported", "not support", "unrecognized", "unknown", "not permitted", "not allowed", "extra", "only the default"];

    /// <summary>A failure without words.</summary>
    public static ErrorBody None { get; } = new("", "", "", "");

    /// <summary>Whether the answer's form is what the server does not take.</summary>
    public bool NamesSchema => Names("response_format") || Names("json_schema") || Names("json_object") || Names("guided_json") || Names("structured output");

    /// <summary>Whether it says that it does not know or take something.</summary>
    public bool SaysUnsupported => Unsupported.Any(word => Contains(Message, word) || Contains(Code, word) || Contains(Type, word));

    /// <summary>Whether the account has no money left.</summary>
    public bool SaysQuotaSpent => HasCode("insufficient_quota") || HasCode("billing_hard_limit_reached") || HasCode("insufficient_balance");

    /// <summary>Whether a filter held the answer back.</summary>
    public bool SaysFiltered => HasCode("content_filter") || HasCode("content_policy_violation") || HasCode("ResponsibleAIPolicyViolation");

    /// <summary>Reads a body; what is no JSON, or JSON of another form, is a failure without words.</summary>
    public static ErrorBody Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return None;
        }
    }

    /// <summary>Reads a parsed body.</summary>
    /// <exception cref="InvalidOperationException">It holds text that is no Unicode.</exception>
    public static ErrorBody Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return None;
        }

        JsonElement error = root.TryGetProperty("error", out JsonElement inner) ? inner : root;
        return error.ValueKind == JsonValueKind.Object
            ? new ErrorBody(FirstText(error, "message", "detail", "error"), FirstText(error, "type"), FirstText(error, "code"), FirstText(error, "param"))
            : None with { Message = Text(error) };
    }

    /// <summary>The code as an HTTP status, for servers that hide a failure in a success; 0 when it is none.</summary>
    public int StatusOfCode() => int.TryParse(Code, NumberStyles.None, CultureInfo.InvariantCulture, out int status) && status is >= 400 and < 600 ? status : 0;

    /// <summary>Whether it names a part of a request.</summary>
    public bool Names(string parameter) => Contains(Parameter, parameter) || Contains(Message, parameter);

    private bool HasCode(string code) => Code.Equals(code, StringComparison.OrdinalIgnoreCase) || Type.Equals(code, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static string FirstText(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (element.TryGetProperty(name, out JsonElement value) && Text(value) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return "";
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(Complaint)),
        _ => "",
    };

    // FastAPI lists what is wrong as objects. Place and words are taken; the input that it repeats is the prompt and stays out.
    private static string Complaint(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return Text(item);
        }

        bool hasPlace = item.TryGetProperty("loc", out JsonElement place) && place.ValueKind == JsonValueKind.Array;
        string where = hasPlace ? string.Join('.', place.EnumerateArray().Select(Text)) : "";
        return $"{where} {FirstText(item, "msg", "message")}".Trim();
    }
}
