using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NSft.Data.Preferences;

/// <summary>How the files of this folder are written: one object a line, names in snake case.</summary>
internal static class PreferenceJson
{
    /// <summary>The form of a line.</summary>
    public static JsonSerializerOptions Lines { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
