using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>A row being written; refuses what cannot be held instead of leaving it out.</summary>
/// <param name="format">Name of the format.</param>
/// <param name="writer">Takes the row.</param>
/// <param name="holdsImageBytes">Whether an image may stand in the row itself.</param>
/// <param name="images">Takes images that may not.</param>
internal sealed class RowDraft(string format, Utf8JsonWriter writer, bool holdsImageBytes, ImageStore images)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>The row's writer, behind <see cref="Name"/>.</summary>
    public Utf8JsonWriter Writer { get; } = writer;

    /// <summary>Begins a field.</summary>
    public void Name(string name)
    {
        _names.Add(name);
        Writer.WritePropertyName(name);
    }

    /// <summary>Keeps a name for this format, so that an unknown field of that name is refused.</summary>
    public void Reserve(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            _names.Add(name);
        }
    }

    /// <summary>Says that unknown fields of these names were written inside another field.</summary>
    public void Skip(IEnumerable<string> names) => _written.UnionWith(names);

    /// <summary>A text field.</summary>
    public void Text(string name, string value)
    {
        Name(name);
        Writer.WriteStringValue(value);
    }

    /// <summary>The identifier, where the row has one of its own.</summary>
    public void Id(DatasetRecord record)
    {
        Reserve("id");
        if (record.IsNamedByRow)
        {
            return;
        }

        Name("id");
        if (record.Source is DatasetSource source && source.AsRead.Id == record.Id && HasNumber(source))
        {
            Writer.WriteRawValue(record.Id);
        }
        else
        {
            Writer.WriteStringValue(record.Id);
        }
    }

    /// <summary>The row's one image.</summary>
    public void Image(string name, DatasetRecord record)
    {
        DatasetImage image = Single(record);
        Name(name);
        Image(image);
    }

    /// <summary>The path of the row's one image, which is written to a file when the row holds it itself.</summary>
    public string ImagePath(DatasetRecord record) => PathOf(Single(record)) ?? throw RefusedBytes();

    /// <summary>A list of images.</summary>
    public void Images(string name, DatasetRecord record)
    {
        Name(name);
        Writer.WriteStartArray();
        foreach (DatasetImage image in record.Images)
        {
            Image(image);
        }

        Writer.WriteEndArray();
    }

    /// <summary>A list of messages.</summary>
    public void Messages(string name, IEnumerable<DatasetMessage> messages, TurnTags tags)
    {
        Name(name);
        Writer.WriteStartArray();
        foreach (DatasetMessage message in messages)
        {
            TurnText.Write(Writer, message, tags);
        }

        Writer.WriteEndArray();
    }

    /// <summary>Says of a row with one answer whether it is the rejected one.</summary>
    public void RejectedLabel(DatasetRecord record)
    {
        if (record.Chosen is null)
        {
            Name("label");
            Writer.WriteBooleanValue(false);
        }
        else if (record.Extensions.GetValueOrDefault("label") == "false")
        {
            Reserve("label"); // it would make the chosen answer a rejected one
        }
    }

    /// <summary>The fields that NSft does not know.</summary>
    public void Extensions(IReadOnlyDictionary<string, string> extensions)
    {
        foreach ((string name, string json) in extensions.Where(field => !_written.Contains(field.Key)))
        {
            if (!_names.Add(name))
            {
                throw Refused($"the row's own field '{name}' is also a field of {format}", "rename the row's field");
            }

            Writer.WritePropertyName(name);
            JsonText.WriteRaw(Writer, json);
        }
    }

    /// <summary>The one question of a format that has no conversations, without the image marker in front of it or behind.</summary>
    public string Question(DatasetRecord record)
    {
        if (record.Prompt.Count != 1 || record.Prompt[0].Role != DatasetRole.Human)
        {
            throw Refused($"{record.Prompt.Count} messages stand before the answer where {format} has one question", "choose a format that has conversations");
        }

        string text = ImageMarkers.Bare(Plain(record.Prompt[0]));
        return ImageMarkers.Count(text) == 0
            ? text
            : throw Refused($"the image marker stands inside the question where {format} has none", "put it in front of the question, or choose a format that has it");
    }

    /// <summary>The one answer of a format that has no conversations.</summary>
    /// <param name="answer">The messages.</param>
    /// <param name="name">Which answer, for the problem.</param>
    public string Answer(IReadOnlyList<DatasetMessage>? answer, string name)
    {
        IReadOnlyList<DatasetMessage> messages = Needed(answer, name);
        return messages.Count == 1
            ? Plain(messages[0])
            : throw Refused($"the {name} answer has {messages.Count} turns where {format} has one", "choose a format that has conversations");
    }

    /// <summary>An answer that must be there.</summary>
    public IReadOnlyList<DatasetMessage> Needed(IReadOnlyList<DatasetMessage>? answer, string name) =>
        answer ?? throw Refused($"the row has no {name} answer, which {format} needs", $"add a {name} answer, or choose a format without");

    /// <summary>Refuses a record that has an answer this format has no place for.</summary>
    public void NoPlaceFor(IReadOnlyList<DatasetMessage>? answer, string name)
    {
        if (answer is not null)
        {
            throw Refused($"the row has a {name} answer, which {format} cannot hold", "choose a format for preferences, such as sima or nsft, or import one side alone: --side");
        }
    }

    /// <summary>A problem of the row being written.</summary>
    public static RowRejectedException Refused(FormattableString reason, string hint) => new(FormattableString.Invariant(reason), hint);

    /// <summary>One image: its path, or an object where the row may hold its bytes.</summary>
    public void Image(DatasetImage image)
    {
        if (PathOf(image) is string path)
        {
            Writer.WriteStringValue(path);
        }
        else if (holdsImageBytes)
        {
            Writer.WriteStartObject();
            Writer.WriteBase64String("bytes", image.Bytes!.Value.Span);
            Writer.WriteString("path", image.Path);
            Writer.WriteEndObject();
        }
        else
        {
            throw RefusedBytes();
        }
    }

    private string? PathOf(DatasetImage image) => image.Bytes is ReadOnlyMemory<byte> bytes ? images.Save(image.Path, bytes) : image.Path;

    private RowRejectedException RefusedBytes() =>
        Refused($"the row holds its image itself, where {format} has a path", "name a folder for the images: --images-out DIR");

    private DatasetImage Single(DatasetRecord record) => record.Images.Count == 1
        ? record.Images[0]
        : throw Refused($"the row has {record.Images.Count} images where {format} has one", "keep rows of one image, or choose a format with an image list");

    private string Plain(DatasetMessage message) => message.Extensions.Count == 0
        ? message.Text
        : throw Refused($"a message has a field '{message.Extensions.Keys.First()}', which {format} cannot hold", "drop the field, or choose a format that has conversations");

    private static bool HasNumber(DatasetSource source)
    {
        JsonElement row = JsonElement.Parse(source.Json.Span);
        return row.ValueKind == JsonValueKind.Object && row.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.Number;
    }
}
