using System.Text.Json;
using NSft.Grains.Hosting;

namespace NSft.Grains.Sampling;

/// <summary>Records of other parts in their message form: JSON, as they know no grain.</summary>
internal static class SamplingJson
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    internal static string Write<T>(T value) => JsonSerializer.Serialize(value, Format);

    internal static SamplingSettings ReadSettings(string json) => Read<SamplingSettings>(json);

    internal static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Format) ?? throw new JsonException($"Expected {typeof(T).Name}, found null.");
}
