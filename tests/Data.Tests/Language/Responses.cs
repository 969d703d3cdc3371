using System.Text.Json.Nodes;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;

namespace NSft.Data.Tests.Language;

/// <summary>A pair, a good response to it, and a way to spoil it.</summary>
internal static class Responses
{
    public static PreferencePair Pair { get; } = new(
        "p1", "a.jpg", "Describe the image.", "A cat sleeps on a red couch next to a dog.", "A cat sleeps on a blue couch next to two dogs and a bicycle.")
    { Row = 7 };

    public static VisionErrorCodebook Codebook { get; } = VisionErrorCodebook.Load();

    public static Lexicon Coco { get; } = Lexicon.Load("coco");

    public static string Good => Object().ToJsonString();

    /// <summary>The good response after a change.</summary>
    public static string With(Action<JsonObject> change)
    {
        JsonObject response = Object();
        change(response);
        return response.ToJsonString();
    }

    /// <summary>The good response with one field of one entry set.</summary>
    public static string With(string list, int index, string field, JsonNode? value) => With(response => response[list]![index]![field] = value);

    public static ResponseCheck Check(string text, PreferencePair? pair = null, int turnCount = 5) =>
        new ResponseValidator([.. Codebook.Entries.Select(entry => entry.Code)], turnCount, Coco).Check(text, pair ?? Pair);

    public static IReadOnlyList<string> Reasons(string text, PreferencePair? pair = null, int turnCount = 5) => [.. Check(text, pair, turnCount).Rejections.Select(rejection => rejection.Reason)];

    public static JsonObject Object() => new()
    {
        ["errors"] = new JsonArray(
            Error("attribute", "blue couch", "The couch is red."), Error("count", "two dogs", "There is one dog."), Error("existence", "a bicycle", "There is no bicycle.")),
        ["turns"] = new JsonArray(
            Turn("Is there a bicycle in the image?", "No, there is no bicycle.", "existence", "no", 2),
            Turn("Is the couch red?", "Yes, the couch is red.", "attribute", "yes", 0),
            Turn("Is the couch blue?", "No, it is red.", "attribute", "no", 0),
            Turn("How many dogs are there?", "One.", "count", "open", 1),
            Turn("Is there a cat in the image?", "Yes, there is a cat.", "existence", "yes", null)),
        ["no_error"] = false,
    };

    public static JsonObject Turn(string question, string answer, string code, string polarity, int? error) => new()
    {
        ["question"] = question,
        ["answer"] = answer,
        ["code"] = code,
        ["polarity"] = polarity,
        ["kind"] = error is null ? "confirm" : "correct",
        ["error"] = error,
    };

    private static JsonObject Error(string code, string span, string fact) => new() { ["code"] = code, ["span"] = span, ["fact"] = fact, ["severity"] = 1 };
}
