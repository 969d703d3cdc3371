using System.Text.Json;
using System.Text.Json.Nodes;

namespace NSft.Grains.Benchmarks.Practice;

/// <summary>Makes the answer to a chat completion request: for a pair to construct from, one that passes every check.</summary>
internal static class PracticeAnswer
{
    private const string Response = "\nRESPONSE: ";
    private const int SpanWords = 3;

    // About nothing that a lexicon knows, so that they contradict no pair.
    private static readonly (string Question, string Answer, string Polarity)[] Turns =
    [
        ("Is the first impression right here?", "No, a second look shows otherwise.", "no"),
        ("Is a closer look needed?", "Yes, it is needed.", "yes"),
        ("What helps to see it right?", "Looking closely.", "open"),
        ("Can one be sure at a glance?", "No, not at a glance.", "no"),
        ("Does a second look settle it?", "Yes, it does.", "yes"),
    ];

    /// <summary>The body of a completion.</summary>
    /// <param name="request">The request.</param>
    /// <param name="fault">Whether the text is to break the schema or to be about something else.</param>
    internal static byte[] Write(JsonElement request, PracticeFault fault)
    {
        var text = Text(request, fault);
        var prompt = request.GetProperty("messages").GetRawText().Length / 4;
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = "practice",
            @object = "chat.completion",
            created = 1,
            model = request.GetProperty("model").GetString(),
            choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = "stop" } },
            usage = new { prompt_tokens = prompt, completion_tokens = text.Length / 4, total_tokens = prompt + (text.Length / 4) },
        });
    }

    private static string Text(JsonElement request, PracticeFault fault)
    {
        var rejected = Rejected(request);
        if (rejected is null)
        {
            return "An answer.";
        }

        if (fault == PracticeFault.SchemaViolation)
        {
            return """{"errors":[],"turns":"none"}""";
        }

        var span = fault == PracticeFault.WrongContent
            ? "words that nobody said"
            : string.Join(' ', rejected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(SpanWords));
        return Dialogue(span, Code(request)).ToJsonString();
    }

    private static JsonObject Dialogue(string span, string? code)
    {
        var error = new JsonObject { ["span"] = span, ["fact"] = "It is otherwise.", ["severity"] = 1 };
        var turns = Turns.Select(turn => new JsonObject
        {
            ["question"] = turn.Question,
            ["answer"] = turn.Answer,
            ["polarity"] = turn.Polarity,
            ["kind"] = "correct",
            ["error"] = 0,
        }).ToList();
        if (code is not null)
        {
            foreach (var item in turns.Append(error))
            {
                item["code"] = code;
            }
        }

        return new JsonObject { ["errors"] = new JsonArray(error), ["turns"] = new JsonArray([.. turns]), ["no_error"] = false };
    }

    /// <summary>The rejected answer that the last question of the chat tells; null for another chat.</summary>
    private static string? Rejected(JsonElement request)
    {
        foreach (var message in request.GetProperty("messages").EnumerateArray().Reverse())
        {
            var text = TextOf(message.GetProperty("content"));
            var at = text.LastIndexOf(Response, StringComparison.Ordinal);
            if (at >= 0)
            {
                return text[(at + Response.Length)..].Trim();
            }
        }

        return null;
    }

    private static string TextOf(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? content.GetString()!
        : string.Concat(content.EnumerateArray().Select(part => part.TryGetProperty("text", out var text) ? text.GetString() : null));

    /// <summary>A code that the request's schema allows; null where it has none.</summary>
    private static string? Code(JsonElement request)
    {
        return Find(request, "response_format", "json_schema", "schema", "properties", "errors", "items", "properties", "code", "enum") is { } codes
            ? codes[0].GetString()
            : null;

        static JsonElement? Find(JsonElement from, params string[] path)
        {
            foreach (var name in path)
            {
                if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out from))
                {
                    return null;
                }
            }

            return from;
        }
    }
}
