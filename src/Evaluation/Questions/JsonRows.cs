using System.Globalization;
using System.Text.Json;
using NSft.Collectives;

namespace NSft.Evaluation.Questions;

/// <summary>Reads the objects of a JSON array or of a JSON lines file, and says which row is wrong.</summary>
internal static class JsonRows
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>All rows of <paramref name="path"/>, in file order.</summary>
    /// <exception cref="UserInputException">The file is missing, holds no row, or a row is not an object.</exception>
    public static IReadOnlyList<JsonRow> Read(string path)
    {
        string text = ReadText(path);
        List<JsonRow> rows = text.AsSpan().TrimStart().StartsWith("[") ? ReadArray(path, text) : ReadLines(path, text);
        return rows.Count > 0 ? rows : throw new UserInputException($"{path}: holds no rows");
    }

    /// <summary>True when the file is one JSON object without any of <paramref name="rowFields"/>, so neither an array nor JSON lines.</summary>
    public static bool IsMap(string path, params string[] rowFields)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(ReadText(path), Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && !rowFields.Any(field => document.RootElement.TryGetProperty(field, out _));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The one JSON object that <paramref name="path"/> holds.</summary>
    public static JsonRow ReadObject(string path)
    {
        JsonElement root = Parse(path, 0, ReadText(path));
        return root.ValueKind == JsonValueKind.Object
            ? new JsonRow(path, 1, root)
            : throw new UserInputException($"{path}: must hold one JSON object, found {Kind(root)}");
    }

    /// <summary>The objects of an array inside <paramref name="parent"/>.</summary>
    public static IReadOnlyList<JsonRow> Children(JsonRow parent, string field)
    {
        if (!parent.Value.TryGetProperty(field, out JsonElement array) || array.ValueKind != JsonValueKind.Array)
        {
            throw new UserInputException($"{parent.File}: field \"{field}\" is missing or not an array");
        }

        return CollectObjects(parent.File, array);
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string reason = error is FileNotFoundException or DirectoryNotFoundException ? "no such file" : error.Message;
            throw new UserInputException($"{path}: {reason}", error);
        }
    }

    private static List<JsonRow> ReadArray(string path, string text) => CollectObjects(path, Parse(path, 0, text));

    private static List<JsonRow> CollectObjects(string path, JsonElement array)
    {
        List<JsonRow> rows = new(array.GetArrayLength());
        foreach (JsonElement element in array.EnumerateArray())
        {
            rows.Add(Checked(path, rows.Count + 1, element));
        }

        return rows;
    }

    private static List<JsonRow> ReadLines(string path, string text)
    {
        List<JsonRow> rows = [];
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (!line.IsWhiteSpace())
            {
                rows.Add(Checked(path, number, Parse(path, number, line.ToString())));
            }
        }

        return rows;
    }

    private static JsonRow Checked(string path, int number, JsonElement element)
    {
        JsonRow row = new(path, number, element);
        return element.ValueKind == JsonValueKind.Object ? row : throw row.Wrong($"must be a JSON object, found {Kind(element)}");
    }

    private static JsonElement Parse(string path, int row, string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Lenient);
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            long line = row > 0 ? row : (error.LineNumber ?? 0) + 1;
            long column = (error.BytePositionInLine ?? 0) + 1;
            throw new UserInputException(string.Create(CultureInfo.InvariantCulture, $"{path}: line {line}, byte {column}: not valid JSON"), error);
        }
    }

#pragma warning disable CA1308 // the JSON kind is shown to a reader, not compared
    private static string Kind(JsonElement element) => element.ValueKind.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
