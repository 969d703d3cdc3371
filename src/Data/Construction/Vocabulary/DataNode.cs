using System.Globalization;
using System.Text.Json;
using NSft.Collectives;

namespace NSft.Data.Construction.Vocabulary;

/// <summary>A value inside an editable data file that knows its place, so that every error names file and entry.</summary>
internal readonly struct DataNode
{
    private readonly JsonElement _element;
    private readonly string _file;
    private readonly string _place;

    private DataNode(JsonElement element, string file, string place)
    {
        _element = element;
        _file = file;
        _place = place;
    }

    /// <summary>Parses a file's content into its root object.</summary>
    /// <exception cref="UserInputException">The content is not a JSON object.</exception>
    public static DataNode Parse(byte[] content, string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            DataNode root = new(document.RootElement.Clone(), file, "");
            return root._element.ValueKind == JsonValueKind.Object ? root : throw root.Error("is not a JSON object");
        }
        catch (JsonException exception)
        {
            throw new UserInputException(
                string.Create(CultureInfo.InvariantCulture, $"{file}: not valid JSON at line {exception.LineNumber + 1}, position {exception.BytePositionInLine + 1}"), exception);
        }
    }

    /// <summary>The error of this entry on one line.</summary>
    public UserInputException Error(string reason) => new(_place.Length == 0 ? $"{_file}: the file {reason}" : $"{_file}: {_place} {reason}");

    /// <summary>Refuses fields that nobody reads: they are typing errors.</summary>
    public void Allow(params ReadOnlySpan<string> fields)
    {
        if (_element.ValueKind != JsonValueKind.Object)
        {
            throw Error("is not a JSON object");
        }

        foreach (JsonProperty property in _element.EnumerateObject())
        {
            if (!fields.Contains(property.Name))
            {
                throw Error($"has an unknown field '{property.Name}'");
            }
        }
    }

    /// <summary>Whether the field is there.</summary>
    public bool Has(string field) => _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(field, out _);

    /// <summary>A field that must be there.</summary>
    public DataNode Field(string field) => Has(field)
        ? new DataNode(_element.GetProperty(field), _file, _place.Length == 0 ? field : $"{_place}.{field}")
        : throw Error($"lacks the field '{field}'");

    /// <summary>This value as text that is not empty.</summary>
    public string Text()
    {
        string? text = _element.ValueKind == JsonValueKind.String ? _element.GetString() : null;
        return string.IsNullOrWhiteSpace(text) ? throw Error("is not a text") : text;
    }

    /// <summary>This value as true or false.</summary>
    public bool Flag() => _element.ValueKind is JsonValueKind.True or JsonValueKind.False ? _element.GetBoolean() : throw Error("is neither true nor false");

    /// <summary>This value as a whole number, 0 or more.</summary>
    public int Number() => _element.ValueKind == JsonValueKind.Number && _element.TryGetInt32(out int number) && number >= 0
        ? number
        : throw Error("is not a whole number");

    /// <summary>The entries of this list; each is called by its <c>name</c>, <c>group</c> or <c>code</c> where it has one.</summary>
    public IReadOnlyList<DataNode> Items()
    {
        if (_element.ValueKind != JsonValueKind.Array)
        {
            throw Error("is not a list");
        }

        List<DataNode> items = [];
        foreach (JsonElement item in _element.EnumerateArray())
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{_place}[{items.Count}]");
            items.Add(new DataNode(item, _file, Label(item) is string label ? $"{place} '{label}'" : place));
        }

        return items;
    }

    /// <summary>The texts of a list field, or none when the field is absent.</summary>
    public IReadOnlyList<string> Texts(string field) => Has(field) ? [.. Field(field).Items().Select(item => item.Text())] : [];

    /// <summary>The entries of this object by name.</summary>
    public IReadOnlyList<KeyValuePair<string, DataNode>> Entries()
    {
        if (_element.ValueKind != JsonValueKind.Object)
        {
            throw Error("is not a JSON object");
        }

        List<KeyValuePair<string, DataNode>> entries = [];
        foreach (JsonProperty property in _element.EnumerateObject())
        {
            entries.Add(new(property.Name, Field(property.Name)));
        }

        return entries;
    }

    /// <summary>Whether this value is a plain text.</summary>
    public bool IsText => _element.ValueKind == JsonValueKind.String;

    private static string? Label(JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.String)
        {
            return item.GetString();
        }

        foreach (string field in new[] { "name", "group", "code" })
        {
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty(field, out JsonElement label) && label.ValueKind == JsonValueKind.String)
            {
                return label.GetString();
            }
        }

        return null;
    }
}
