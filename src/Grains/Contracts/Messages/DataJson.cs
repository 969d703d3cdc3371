using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NSft.Grains.Contracts.Messages;

/// <summary>Records of the data part as messages and files hold them: JSON, as they know no grain.</summary>
internal static class DataJson
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal static string Write<T>(T value) => JsonSerializer.Serialize(value, Format);

    internal static byte[] WriteBytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Format);

    internal static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Format) ?? throw new JsonException($"Expected {typeof(T).Name}, found null.");
}
