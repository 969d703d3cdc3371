using System.Text.Json;

namespace NSft.Grains.Judging;

/// <summary>Records of the data part in their message form: JSON, as they know no grain.</summary>
internal static class JudgeJson
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    internal static string Write<T>(T value) => JsonSerializer.Serialize(value, Format);

    internal static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Format) ?? throw new JsonException($"Expected {typeof(T).Name}, found null.");
}
