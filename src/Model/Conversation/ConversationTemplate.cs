using System.Text.Json;
using NSft.Collectives;

namespace NSft.Model.Conversation;

/// <summary>How a conversation is laid out: segments of the turns, each tokenised on its own. Templates are data files.</summary>
public sealed class ConversationTemplate
{
    /// <summary>Stands for the image, in templates and in questions.</summary>
    public const string ImageMarker = "<image>";

    internal const string QuestionMarker = "{question}";

    private ConversationTemplate(string name, TemplateSegment[] firstWithImage, TemplateSegment[] first, TemplateSegment[] further)
    {
        Name = name;
        FirstTurnWithImage = firstWithImage;
        FirstTurn = first;
        FurtherTurn = further;
    }

    /// <summary>The template's name.</summary>
    public string Name { get; }

    internal IReadOnlyList<TemplateSegment> FirstTurnWithImage { get; }

    internal IReadOnlyList<TemplateSegment> FirstTurn { get; }

    internal IReadOnlyList<TemplateSegment> FurtherTurn { get; }

    /// <summary>Folder of the templates that come with the product.</summary>
    public static string ResourceDirectory { get; } = Path.Combine(AppContext.BaseDirectory, "resources", "templates");

    /// <summary>Loads a template.</summary>
    /// <param name="nameOrPath">A name such as vicuna_v1, or the path of a template file.</param>
    /// <exception cref="UserInputException">There is no such template, or the file does not describe one.</exception>
    public static ConversationTemplate Load(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        bool isName = nameOrPath.Length > 0 && nameOrPath.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
        string path = isName ? Path.Combine(ResourceDirectory, nameOrPath + ".json") : nameOrPath;
        if (!File.Exists(path))
        {
            throw new UserInputException(isName
                ? $"template '{nameOrPath}' is not known; there are {string.Join(", ", Names())}, or give the path of a template file."
                : $"{nameOrPath}: the template file is missing.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement, path);
        }
        catch (JsonException error)
        {
            throw new UserInputException($"{path}: is not valid JSON at line {error.LineNumber + 1}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Names of the templates that come with the product.</summary>
    public static IReadOnlyList<string> Names()
        => Directory.Exists(ResourceDirectory)
            ? [.. Directory.EnumerateFiles(ResourceDirectory, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)]
            : [];

    private static ConversationTemplate Read(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new UserInputException($"{path}: the top of a template must be a JSON object.");
        }

        (string Marker, string Text)[] constants =
        [
            ("{system}", Text(root, "system", path)),
            ("{user}", Text(root, "user", path)),
            ("{assistant}", Text(root, "assistant", path)),
        ];
        TemplateSegment[] withImage = Segments(root, "firstTurnWithImage", constants, path);
        TemplateSegment[] first = Segments(root, "firstTurn", constants, path);
        TemplateSegment[] further = Segments(root, "furtherTurn", constants, path);
        int images = withImage.Count(segment => segment.IsImage);
        if (images != 1 || first.Concat(further).Any(segment => segment.IsImage))
        {
            throw new UserInputException($"{path}: firstTurnWithImage must have the segment {ImageMarker} once, the other turns must not have it.");
        }

        return new ConversationTemplate(Text(root, "name", path), withImage, first, further);
    }

    private static TemplateSegment[] Segments(JsonElement root, string field, (string Marker, string Text)[] constants, string path)
    {
        if (!root.TryGetProperty(field, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new UserInputException($"{path}: {field} must be a list of segments.");
        }

        TemplateSegment[] segments = [.. list.EnumerateArray().Select(item => Segment(item, field, constants, path))];
        int questions = segments.Sum(segment => segment.Text.Split(QuestionMarker).Length - 1);
        return questions == 1 ? segments : throw new UserInputException($"{path}: {field} must have {QuestionMarker} once, it has it {questions} times.");
    }

    private static TemplateSegment Segment(JsonElement item, string field, (string Marker, string Text)[] constants, string path)
    {
        bool continues = false;
        JsonElement text = item;
        if (item.ValueKind == JsonValueKind.Object)
        {
            continues = item.TryGetProperty("continues", out JsonElement flag) && flag.ValueKind == JsonValueKind.True;
            item.TryGetProperty("text", out text);
        }

        if (text.ValueKind != JsonValueKind.String)
        {
            throw new UserInputException($"{path}: a segment of {field} must be a text, or an object with text and continues.");
        }

        string filled = text.GetString()!;
        foreach ((string marker, string constant) in constants)
        {
            filled = filled.Replace(marker, constant, StringComparison.Ordinal);
        }

        bool isMixed = filled != ImageMarker && filled.Contains(ImageMarker, StringComparison.Ordinal);
        return isMixed ? throw new UserInputException($"{path}: {ImageMarker} must be a segment of its own in {field}.") : new TemplateSegment(filled, continues);
    }

    private static string Text(JsonElement root, string field, string path)
        => root.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new UserInputException($"{path}: {field} must be a text.");
}
