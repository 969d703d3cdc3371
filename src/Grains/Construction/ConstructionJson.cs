using System.Text.Json;
using NSft.Data.Construction;

namespace NSft.Grains.Construction;

/// <summary>Records of the data part in their message form: JSON, as they know no grain.</summary>
internal static class ConstructionJson
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    internal static string Write(ConstructionOptions options) => JsonSerializer.Serialize(options, Format);

    internal static ConstructionOptions ReadOptions(string json) => Read<ConstructionOptions>(json);

    internal static string Write(ConstructionStatistics statistics) => JsonSerializer.Serialize(statistics, Format);

    internal static ConstructionStatistics ReadStatistics(string json) => Read<ConstructionStatistics>(json);

    internal static string Write(IReadOnlyList<CorrectiveConversation> conversations) => JsonSerializer.Serialize(conversations, Format);

    internal static IReadOnlyList<CorrectiveConversation> ReadConversations(string json) => Read<List<CorrectiveConversation>>(json);

    private static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Format) ?? throw new JsonException($"Expected {typeof(T).Name}, found null.");
}
