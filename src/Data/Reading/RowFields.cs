using System.Text.Json;

namespace NSft.Data.Reading;

/// <summary>Takes fields out of a row and checks them; every check throws <see cref="RowRejectedException"/>.</summary>
internal static class RowFields
{
    /// <summary>Where the image goes in a question.</summary>
    public const string ImageMarker = "<image>";

    private static readonly string[] TemplateTokens = ["</s>", "<s>", ImageMarker, "USER:", "ASSISTANT:"];

    /// <summary>A text field that must be there and hold more than white space.</summary>
    public static string Required(JsonElement row, string name)
    {
        if (!row.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            throw new RowRejectedException($"field '{name}' is missing", $"add '{name}' or drop the row");
        }

        string text = Text(value, name);
        return string.IsNullOrWhiteSpace(text)
            ? throw new RowRejectedException($"field '{name}' is empty", $"fill in '{name}' or drop the row")
            : text;
    }

    /// <summary>The text of a JSON string.</summary>
    public static string Text(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw new RowRejectedException($"field '{name}' is not text", $"write '{name}' as a JSON string");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new RowRejectedException($"field '{name}' is not valid Unicode", "write the file as UTF-8 and escape whole characters");
        }
    }

    /// <summary>The row's one image, from <c>image</c>, or <c>image_id</c>, or a list <c>images</c> of one.</summary>
    /// <param name="row">The row.</param>
    /// <param name="directory">Where it must lie, or null when nobody looks.</param>
    /// <param name="hasImage">Tells what lies there; null to look.</param>
    public static string Image(JsonElement row, string? directory, Func<string, bool>? hasImage = null)
    {
        string image = row.TryGetProperty("images", out JsonElement images) && !row.TryGetProperty("image", out _)
            ? Single(images)
            : Required(row, row.TryGetProperty("image", out _) || !row.TryGetProperty("image_id", out _) ? "image" : "image_id");
        if (image.Contains('\0', StringComparison.Ordinal))
        {
            throw new RowRejectedException("field 'image' is no file name", "name a file in the image directory");
        }

        if (directory is not null && !(hasImage?.Invoke(image) ?? File.Exists(Path.Combine(directory, image))))
        {
            throw new RowRejectedException($"image '{OneLine(image)}' is not in {directory}", "check the image directory or drop the row");
        }

        return image;
    }

    /// <summary>A question without the image marker, which may stand in it once.</summary>
    /// <param name="text">The question as it is in the file.</param>
    /// <param name="name">Field name for the error.</param>
    /// <param name="fewestMarkers">0 where the marker may be left out, 1 where it must be there.</param>
    /// <param name="mostMarkers">1 for the turn that the image belongs to, 0 for later turns.</param>
    public static string Question(string text, string name, int fewestMarkers, int mostMarkers)
    {
        int count = text.AsSpan().Count(ImageMarker);
        if (count < fewestMarkers || count > mostMarkers)
        {
            throw new RowRejectedException(
                $"{count} {ImageMarker} markers in '{name}' where the row's image allows {mostMarkers}", "put the marker once, into the first question");
        }

        string question = text.Replace(ImageMarker, "", StringComparison.Ordinal).Trim();
        if (question.Length == 0)
        {
            throw new RowRejectedException($"field '{name}' holds no question", "ask something about the image");
        }

        RejectTemplateTokens(question, name);
        return question;
    }

    /// <summary>An answer: not empty and free of the tokens that end or begin turns.</summary>
    public static string Answer(JsonElement row, string name)
    {
        string answer = Required(row, name).Trim();
        RejectTemplateTokens(answer, name);
        return answer;
    }

    /// <summary>Refuses text that would be read as the end of a turn or the start of another.</summary>
    public static void RejectTemplateTokens(string text, string name)
    {
        if (FindTemplateToken(text) is string token)
        {
            throw new RowRejectedException($"template token '{token}' in '{name}'", "remove the token: the conversation template adds it");
        }
    }

    /// <summary>The first token in a text that a conversation template would add, or null.</summary>
    public static string? FindTemplateToken(string text) =>
        Array.Find(TemplateTokens, token => text.Contains(token, StringComparison.Ordinal));

    /// <summary>All fields but the known ones, as raw JSON.</summary>
    public static IReadOnlyDictionary<string, string> Others(JsonElement row, params ReadOnlySpan<string> known)
    {
        Dictionary<string, string>? others = null;
        foreach (JsonProperty property in row.EnumerateObject())
        {
            string name = Name(property);
            if (!known.Contains(name))
            {
                others ??= new Dictionary<string, string>(StringComparer.Ordinal);
                others[name] = property.Value.GetRawText();
            }
        }

        return others ?? NoExtensions.Value;
    }

    private static string Single(JsonElement images)
    {
        if (images.ValueKind != JsonValueKind.Array || images.GetArrayLength() != 1)
        {
            throw new RowRejectedException("field 'images' is not a list of one image", "keep one image a row");
        }

        string image = Text(images[0], "images");
        return image.Length > 0 ? image : throw new RowRejectedException("field 'images' is empty", "name the row's image");
    }

    private static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw new RowRejectedException("a field's name is not valid Unicode", "write the file as UTF-8 and escape whole characters");
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
