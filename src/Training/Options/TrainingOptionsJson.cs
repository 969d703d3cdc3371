using System.Text.Json;
using System.Text.Json.Serialization;
using NSft.Collectives;

namespace NSft.Training;

/// <summary>Options as one JSON object, for messages and for the record kept with a run.</summary>
public static class TrainingOptionsJson
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
    };

    /// <summary>Writes options.</summary>
    /// <param name="options">The options.</param>
    public static string Write(TrainingOptions options) => JsonSerializer.Serialize(options, Format);

    /// <summary>Reads options back.</summary>
    /// <param name="json">Text from <see cref="Write"/>.</param>
    /// <exception cref="UserInputException">The text is not such an object, or names an option that does not exist.</exception>
    public static TrainingOptions Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingOptions>(json, Format)
                ?? throw new UserInputException("training options: expected a JSON object, found null");
        }
        catch (JsonException error)
        {
            throw new UserInputException($"training options: {error.Message}", error);
        }
    }
}
