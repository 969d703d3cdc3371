using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NSft.Data.Construction.Language;

/// <summary>The JSON schema of a response, within what servers with strict schemas take: all fields required, none besides.</summary>
internal static class ResponseSchema
{
    /// <summary>What the schema is called.</summary>
    public const string Name = "corrective_dialogue";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as JSON.</summary>
    /// <param name="codes">Codes that may be used; empty for a prompt without codebook.</param>
    public static string Create(IReadOnlyList<string> codes)
    {
        JsonObject error = new() { ["span"] = Text(), ["fact"] = Text(), ["severity"] = new JsonObject { ["type"] = "integer", ["enum"] = new JsonArray(1, 2, 3) } };
        JsonObject turn = new()
        {
            ["question"] = Text(),
            ["answer"] = Text(),
            ["polarity"] = OneOf(Enum.GetValues<TurnPolarity>().Select(ConstructionName.Of)),
            ["kind"] = OneOf(Enum.GetValues<TurnKind>().Select(ConstructionName.Of)),
            ["error"] = new JsonObject { ["type"] = new JsonArray("integer", "null") },
        };
        if (codes.Count > 0)
        {
            error.Insert(0, "code", OneOf(codes));
            turn.Insert(2, "code", OneOf(codes));
        }

        JsonObject root = Object(new JsonObject
        {
            ["errors"] = ListOf(Object(error)),
            ["turns"] = ListOf(Object(turn)),
            ["no_error"] = new JsonObject { ["type"] = "boolean" },
        });
        return root.ToJsonString(Json);
    }

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject OneOf(IEnumerable<string> values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]) };

    private static JsonObject ListOf(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    private static JsonObject Object(JsonObject properties)
    {
        JsonArray names = [.. properties.Select(property => (JsonNode?)property.Key)];
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = names, ["additionalProperties"] = false };
    }
}
