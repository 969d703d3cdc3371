using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>Takes images out of rows.</summary>
internal static class ImageFields
{
    private const string Hint = "write an image as its path, or as {\"bytes\": base64, \"path\": ...}";

    /// <summary>Images of the first of some fields that is there and neither null nor an empty list.</summary>
    /// <param name="row">The row.</param>
    /// <param name="known">Takes the names of the fields that were looked into.</param>
    /// <param name="names">The fields; each may hold one image or a list.</param>
    public static IReadOnlyList<DatasetImage> Of(JsonElement row, List<string> known, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (!row.TryGetProperty(name, out JsonElement value))
            {
                continue;
            }

            known.Add(name);
            if (value.ValueKind != JsonValueKind.Null && (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > 0))
            {
                return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => One(item, name))] : [One(value, name)];
            }
        }

        return [];
    }

    /// <summary>The one image of the first of some fields.</summary>
    public static IReadOnlyList<DatasetImage> Single(JsonElement row, List<string> known, params ReadOnlySpan<string> names)
    {
        IReadOnlyList<DatasetImage> images = Of(row, known, names);
        return images.Count switch
        {
            1 => images,
            0 => throw new RowRejectedException($"field '{names[0]}' is missing", $"add '{names[0]}' or drop the row"),
            _ => throw new RowRejectedException($"field '{known[^1]}' is not a list of one image", "keep one image a row"),
        };
    }

    /// <summary>An image from its JSON.</summary>
    public static DatasetImage One(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String => FromText(RowFields.Text(value, name), name),
        JsonValueKind.Object => FromObject(value, name),
        _ => throw new RowRejectedException($"field '{name}' is no image", Hint),
    };

    private static DatasetImage FromText(string text, string name)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new RowRejectedException($"field '{name}' is empty", "name the row's image");
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new RowRejectedException($"field '{name}' is no file name", "name a file in the image directory");
        }

        const string Inline = ";base64,";
        int comma = text.StartsWith("data:", StringComparison.Ordinal) ? text.IndexOf(Inline, StringComparison.Ordinal) : -1;
        return comma < 0 ? new DatasetImage(text, null) : new DatasetImage(null, Decode(text[(comma + Inline.Length)..], name));
    }

    private static DatasetImage FromObject(JsonElement value, string name)
    {
        string? path = null;
        ReadOnlyMemory<byte>? bytes = null;
        foreach (JsonProperty property in value.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null))
        {
            if (property.NameEquals("path"u8))
            {
                path = FromText(RowFields.Text(property.Value, name), name).Path;
            }
            else if (property.NameEquals("bytes"u8))
            {
                bytes = Decode(RowFields.Text(property.Value, name), name);
            }
            else
            {
                throw new RowRejectedException($"field '{name}' has an unknown part", Hint);
            }
        }

        return path is null && bytes is null ? throw new RowRejectedException($"field '{name}' is empty", Hint) : new DatasetImage(path, bytes);
    }

    private static byte[] Decode(string text, string name)
    {
        try
        {
            byte[] bytes = Convert.FromBase64String(text);
            return bytes.Length > 0 ? bytes : throw new RowRejectedException($"the image in '{name}' is empty", Hint);
        }
        catch (FormatException)
        {
            throw new RowRejectedException($"the image in '{name}' is not valid base64", Hint);
        }
    }
}
