using System.Text.Json;
using NSft.Collectives;
using NSft.Evaluation.Questions;

namespace NSft.Evaluation.Chair;

/// <summary>
/// Reads captions from an answer file: rows of LLaVA's <c>{question_id, text}</c> or of CHAIR's <c>{image_id, caption}</c>, or one object
/// <c>{image: caption}</c>. An image is known by its file name or its path.
/// </summary>
public static class CaptionFile
{
    /// <summary>The caption of each annotated image, in their order.</summary>
    /// <exception cref="UserInputException">An image has no caption, or a row lacks a field.</exception>
    public static IReadOnlyList<string> Read(string path, IReadOnlyList<ChairImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        Dictionary<string, string> captions = JsonRows.IsMap(path, "text", "caption") ? FromObject(path) : FromRows(path);
        return [.. images.Select(image => captions.TryGetValue(image.Image, out string? caption)
            || captions.TryGetValue(Path.GetFileName(image.Image), out caption)
            ? caption
            : throw new UserInputException($"{path}: no caption of image {image.Image}"))];
    }

    private static Dictionary<string, string> FromObject(string path)
    {
        Dictionary<string, string> captions = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in JsonRows.ReadObject(path).Value.EnumerateObject())
        {
            captions[entry.Name] = entry.Value.ValueKind == JsonValueKind.String
                ? entry.Value.GetString()!
                : throw new UserInputException($"{path}: the caption of \"{entry.Name}\" is not a string");
        }

        return captions;
    }

    private static Dictionary<string, string> FromRows(string path)
    {
        Dictionary<string, string> captions = new(StringComparer.Ordinal);
        foreach (JsonRow row in JsonRows.Read(path))
        {
            string image = row.Identifier("image") ?? row.Identifier("image_id") ?? row.Identifier("question_id")
                ?? throw row.Wrong("names no image: a field \"image\", \"image_id\" or \"question_id\" is needed");
            captions[image] = row.OptionalText("text") ?? row.OptionalText("caption") ?? row.Text("text");
        }

        return captions;
    }
}
