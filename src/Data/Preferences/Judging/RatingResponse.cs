using System.Text.Json;

namespace NSft.Data.Preferences.Judging;

/// <summary>What a chat model says of an answer, checked: five whole numbers from 0 to 4 and a rationale.</summary>
internal static class RatingResponse
{
    /// <summary>Name of the schema.</summary>
    public const string SchemaName = "helpsteer_rating";

    /// <summary>The schema that responses follow.</summary>
    public static string Schema { get; } = WriteSchema();

    /// <summary>Reads a response; text around the object, such as a code fence, does not matter.</summary>
    /// <param name="response">What the model wrote.</param>
    /// <param name="rated">The rating with the rationale.</param>
    /// <param name="problem">What is wrong, for the model to mend; empty when nothing is.</param>
    public static bool TryRead(string response, out (HelpSteerRating Rating, string Rationale) rated, out string problem)
    {
        rated = default;
        int open = response.IndexOf('{', StringComparison.Ordinal);
        int close = response.LastIndexOf('}');
        if (open < 0 || close < open)
        {
            problem = "there is no JSON object in it";
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(response.AsMemory(open, close + 1 - open));
            string? wrong = HelpSteerRating.Attributes.FirstOrDefault(name => Value(document.RootElement, name) is null);
            string? rationale = document.RootElement.TryGetProperty("rationale", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
            problem = wrong is not null ? $"\"{wrong}\" is no whole number from 0 to {HelpSteerRating.Highest}" : rationale is null ? "\"rationale\" is no text" : "";
            if (problem.Length == 0)
            {
                rated = (HelpSteerRating.Of([.. HelpSteerRating.Attributes.Select(name => Value(document.RootElement, name)!.Value)]), rationale!);
            }

            return problem.Length == 0;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            problem = "it is not valid JSON";
            return false;
        }
    }

    private static double? Value(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out double number) && number is >= 0 and <= HelpSteerRating.Highest && number == Math.Floor(number)
            ? number
            : null;

    private static string WriteSchema()
    {
        Dictionary<string, object> properties = new() { ["rationale"] = new { type = "string" } };
        foreach (string name in HelpSteerRating.Attributes)
        {
            properties[name] = new { type = "integer", @enum = Enumerable.Range(0, HelpSteerRating.Highest + 1) };
        }

        return JsonSerializer.Serialize(new { type = "object", properties, required = properties.Keys, additionalProperties = false });
    }
}
