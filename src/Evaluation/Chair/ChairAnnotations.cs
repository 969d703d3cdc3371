using System.IO.Enumeration;
using System.Text.Json;
using NSft.Collectives;
using NSft.Evaluation.Questions;

namespace NSft.Evaluation.Chair;

/// <summary>Ground truth of a CHAIR evaluation: which kinds of objects exist, and which are in each image.</summary>
/// <param name="Vocabulary">Recognises mentions of the kinds.</param>
/// <param name="Images">The annotated images in file order.</param>
public sealed record ChairAnnotations(ObjectVocabulary Vocabulary, IReadOnlyList<ChairImage> Images)
{
    private const string EvaluationPrefix = "eval_";
    private const string TrainingPrefix = "train_";

    /// <summary>
    /// Reads <c>{categories, images[{image, objects[{category}]}]}</c>; <c>synonyms</c> (<c>{category: [words]}</c>) may stand in the file,
    /// or come from a CHAIR synonym file with one line a kind, its name first.
    /// </summary>
    /// <exception cref="UserInputException">A field is missing, or an object is of no listed category.</exception>
    public static ChairAnnotations Read(string path, string? synonymFile = null)
    {
        JsonRow root = JsonRows.ReadObject(path);
        ObjectVocabulary vocabulary = synonymFile is null ? FromCategories(root) : ObjectVocabulary.ReadSynonyms(synonymFile);
        List<ChairImage> images = [.. JsonRows.Children(root, "images").Select(row => Image(row, vocabulary))];
        return images.Count > 0
            ? new ChairAnnotations(vocabulary, images)
            : throw new UserInputException($"{path}: \"images\" is empty");
    }

    /// <summary>The images whose name matches a pattern with <c>*</c> and <c>?</c>.</summary>
    /// <exception cref="UserInputException">No image matches.</exception>
    public ChairAnnotations Filter(string pattern)
    {
        List<ChairImage> kept = [.. Images.Where(image => FileSystemName.MatchesSimpleExpression(pattern, image.Image, ignoreCase: false))];
        return kept.Count > 0
            ? this with { Images = kept }
            : throw new UserInputException($"--image-filter {pattern}: no annotated image has such a name");
    }

    /// <summary>The pattern of held-out images when the file mixes them with training images by name; null when it does not.</summary>
    public string? HeldOutPattern =>
        Images.Any(image => image.Image.StartsWith(EvaluationPrefix, StringComparison.Ordinal))
        && Images.Any(image => image.Image.StartsWith(TrainingPrefix, StringComparison.Ordinal))
            ? EvaluationPrefix + "*"
            : null;

    private static ObjectVocabulary FromCategories(JsonRow root)
    {
        if (!root.Value.TryGetProperty("categories", out JsonElement categories) || categories.ValueKind != JsonValueKind.Array)
        {
            throw new UserInputException($"{root.File}: field \"categories\" is missing or not an array");
        }

        List<string[]> terms = [.. categories.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String
            ? new[] { item.GetString()! }
            : throw new UserInputException($"{root.File}: \"categories\" must hold strings"))];
        if (root.Value.TryGetProperty("synonyms", out JsonElement synonyms) && synonyms.ValueKind == JsonValueKind.Object)
        {
            terms.AddRange(synonyms.EnumerateObject().Select(entry => SynonymTerms(root, entry)));
        }

        return new ObjectVocabulary(terms);
    }

    private static string[] SynonymTerms(JsonRow root, JsonProperty entry) =>
        entry.Value.ValueKind == JsonValueKind.Array && entry.Value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [entry.Name, .. entry.Value.EnumerateArray().Select(item => item.GetString()!)]
            : throw new UserInputException($"{root.File}: synonyms of \"{entry.Name}\" must be an array of strings");

    private static ChairImage Image(JsonRow row, ObjectVocabulary vocabulary)
    {
        HashSet<string> kinds = [];
        foreach (JsonRow item in JsonRows.Children(row, "objects"))
        {
            string category = item.OptionalText("category") ?? throw row.Wrong("an object has no \"category\"");
            kinds.Add(vocabulary.KindOf(category) ?? throw row.Wrong($"category \"{category}\" is not listed"));
        }

        return new ChairImage(row.Text("image"), kinds);
    }
}
