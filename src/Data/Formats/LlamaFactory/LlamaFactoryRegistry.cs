using System.Text;
using System.Text.Json;
using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Data.Formats.Rows;
using NSft.Data.Reading;

namespace NSft.Data.Formats.LlamaFactory;

/// <summary>A <c>dataset_info.json</c>: which sets there are and what their columns hold.</summary>
internal sealed class LlamaFactoryRegistry
{
    /// <summary>Its file name.</summary>
    public const string FileName = "dataset_info.json";

    private const int LongestName = 200;
    private const long MostBytes = 1 << 26;

    private readonly string _path;
    private readonly JsonElement _root;

    private LlamaFactoryRegistry(string path, JsonElement root)
    {
        _path = path;
        _root = root;
    }

    /// <summary>Reads a registry.</summary>
    /// <exception cref="UserInputException">The file is missing, unreadable or no registry.</exception>
    public static LlamaFactoryRegistry Load(string path)
    {
        if (JsonRowSource.FirstByte(path) != (byte)'{')
        {
            throw new UserInputException($"{path}: the registry is not a JSON object of sets");
        }

        using FileStream stream = JsonRowSource.OpenText(path);
        if (stream.Length > MostBytes)
        {
            throw new UserInputException($"{path}: the registry is longer than {MostBytes >> 20} MB");
        }

        byte[] text = new byte[stream.Length - stream.Position];
        stream.ReadExactly(text);
        try
        {
            JsonElement root = JsonElement.Parse(text);
            _ = root.EnumerateObject().Count(property => property.Name.Length == 0); // throws on a name that is not Unicode
            return System.Text.Unicode.Utf8.IsValid(text) ? new LlamaFactoryRegistry(path, root) : throw new UserInputException($"{path}: text is not valid UTF-8");
        }
        catch (JsonException exception)
        {
            throw new UserInputException($"{path}: not valid JSON at {JsonValueReader.Place(exception, 1)}", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new UserInputException($"{path}: a set's name is not valid Unicode", exception);
        }
    }

    /// <summary>The set of a name, or the only one.</summary>
    /// <exception cref="UserInputException">There is no such set, or several and none was named, or it is not a local file.</exception>
    public LlamaFactoryEntry Entry(string? name)
    {
        string[] names = [.. _root.EnumerateObject().Select(property => property.Name)];
        string listed = RowCollector.Shown(string.Join(", ", names));
        string known = name ?? (names.Length == 1 ? names[0] : throw new UserInputException($"{_path}: the registry has {names.Length} sets ({listed}); name one with --set"));
        return _root.TryGetProperty(known, out JsonElement value)
            ? Entry(known, value)
            : throw new UserInputException($"{_path}: the registry has no set '{RowCollector.Shown(known)}' (it has {listed})");
    }

    /// <summary>The set whose file this is, or null.</summary>
    public LlamaFactoryEntry? EntryOf(string file)
    {
        foreach (JsonProperty property in _root.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("file_name", out JsonElement name) && name.ValueKind == JsonValueKind.String
                && name.ValueEquals(file))
            {
                return Entry(property.Name, property.Value);
            }
        }

        return null;
    }

    /// <summary>Refuses a name that stands for another file; a registry that is not there yet holds none.</summary>
    /// <exception cref="UserInputException">The registry cannot be read, or the name stands for another file.</exception>
    public static void RequireFree(string path, string name, string fileName)
    {
        LlamaFactoryRegistry? registry = File.Exists(path) ? Load(path) : null;
        if (registry is not null && registry._root.TryGetProperty(name, out _) && registry.EntryOf(fileName)?.Name != name)
        {
            throw new UserInputException($"{path}: set '{name}' stands for another file; choose another name with --to-set");
        }
    }

    /// <summary>Adds an entry to a registry, or puts it in the place of one of its name; all other entries stay as they are.</summary>
    /// <exception cref="UserInputException">The registry cannot be read or written.</exception>
    public static void Merge(string path, string name, string json)
    {
        List<(string Name, string Json)> entries = [];
        if (File.Exists(path))
        {
            entries.AddRange(Load(path)._root.EnumerateObject().Select(property => (property.Name, property.Value.GetRawText())));
        }

        int index = entries.FindIndex(entry => entry.Name == name);
        if (index < 0)
        {
            entries.Add((name, json));
        }
        else
        {
            entries[index] = (name, json);
        }

        string text = string.Join(",\n", entries.Select(entry => $"  {JsonSerializer.Serialize(entry.Name)}: {entry.Json}"));
        AtomicFile.Write(path, Encoding.UTF8.GetBytes($"{{\n{text}\n}}\n"));
    }

    private LlamaFactoryEntry Entry(string name, JsonElement value)
    {
        try
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("file_name", out JsonElement file))
            {
                throw new UserInputException($"{_path}: set '{RowCollector.Shown(name)}' names no 'file_name'; only sets that are local files can be read");
            }

            return new LlamaFactoryEntry(name, RowFields.Text(file, "file_name"), Columns(value), value.GetRawText());
        }
        catch (Exception exception) when (exception is RowRejectedException or InvalidOperationException)
        {
            throw new UserInputException($"{_path}: set '{RowCollector.Shown(name)}': {exception.Message}", exception);
        }
    }

    private static LlamaFactoryColumns Columns(JsonElement entry)
    {
        string formatting = Text(entry, "formatting") ?? "alpaca";
        if (formatting is not ("alpaca" or "sharegpt" or "openai"))
        {
            throw new RowRejectedException($"formatting '{RowCollector.Shown(formatting)}' is not alpaca, sharegpt or openai", "");
        }

        LlamaFactoryColumns defaults = new();
        JsonElement columns = Part(entry, "columns");
        bool isRanking = RowLook.Kind(entry, "ranking") == JsonValueKind.True;
        return new LlamaFactoryColumns
        {
            IsAlpaca = formatting == "alpaca",
            IsRanking = isRanking,
            Tags = Tags(Part(entry, "tags"), formatting == "openai" ? TurnTags.Chat : TurnTags.Llava),
            Messages = Text(columns, "messages") ?? (formatting == "openai" ? "messages" : defaults.Messages),
            Prompt = Text(columns, "prompt") ?? defaults.Prompt,
            Query = Text(columns, "query") ?? defaults.Query,
            Response = Text(columns, "response") ?? defaults.Response,
            History = Text(columns, "history"),
            Images = Text(columns, "images"),
            System = Text(columns, "system"),
            Chosen = Text(columns, "chosen") ?? (isRanking ? "chosen" : null),
            Rejected = Text(columns, "rejected") ?? (isRanking ? "rejected" : null),
            Label = Text(columns, "kto_tag"),
        };
    }

    private static TurnTags Tags(JsonElement tags, TurnTags defaults) => new(
        Text(tags, "role_tag") ?? defaults.Role,
        Text(tags, "content_tag") ?? defaults.Content,
        Text(tags, "user_tag") ?? defaults.Human,
        Text(tags, "assistant_tag") ?? defaults.Assistant,
        Text(tags, "system_tag") ?? defaults.System);

    private static JsonElement Part(JsonElement entry, string name) => RowLook.Kind(entry, name) switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => default,
        JsonValueKind.Object => entry.GetProperty(name),
        _ => throw new RowRejectedException($"'{name}' is not an object", ""),
    };

    private static string? Text(JsonElement part, string name) =>
        part.ValueKind != JsonValueKind.Object || !part.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null
        : RowFields.Text(value, name) is { Length: > 0 and <= LongestName } text ? text
        : throw new RowRejectedException($"'{name}' is empty or longer than {LongestName} letters", "");
}
