using System.Text.Json;

namespace NSft.Data.Formats.Rows;

/// <summary>Questions about the form of a row, to tell formats apart.</summary>
internal static class RowLook
{
    /// <summary>Whether all of some fields are there.</summary>
    public static bool Has(JsonElement row, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (!row.TryGetProperty(name, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether any of some fields is there.</summary>
    public static bool HasAny(JsonElement row, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (row.TryGetProperty(name, out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The kind of a field's value; undefined when the field is absent.</summary>
    public static JsonValueKind Kind(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) ? value.ValueKind : JsonValueKind.Undefined;

    /// <summary>Whether a field is text.</summary>
    public static bool IsText(JsonElement row, string name) => Kind(row, name) == JsonValueKind.String;

    /// <summary>Whether a field is a message, or a list of messages, that name their role so.</summary>
    public static bool IsTurns(JsonElement row, string name, string role)
    {
        if (!row.TryGetProperty(name, out JsonElement value))
        {
            return false;
        }

        JsonElement first = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? value[0] : value;
        return first.ValueKind == JsonValueKind.Object && first.TryGetProperty(role, out _);
    }
}
