using System.Globalization;
using System.Text;
using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>Messages from and to JSON.</summary>
internal static class TurnText
{
    /// <summary>The messages of a list.</summary>
    /// <param name="list">A JSON list of messages.</param>
    /// <param name="field">Its field, for the problem.</param>
    /// <param name="tags">How messages are spelled.</param>
    /// <param name="inline">Takes images that stand in the messages; null where none may.</param>
    public static List<DatasetMessage> List(JsonElement list, string field, TurnTags tags, List<DatasetImage>? inline = null)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new RowRejectedException(
                $"field '{field}' is not a list", $"write the turns as [{{\"{tags.Role}\": \"{tags.Human}\", \"{tags.Content}\": ...}}, ...]");
        }

        List<DatasetMessage> messages = [];
        foreach (JsonElement item in list.EnumerateArray())
        {
            messages.Add(One(item, string.Create(CultureInfo.InvariantCulture, $"{field}[{messages.Count}]"), tags, inline));
        }

        return messages;
    }

    /// <summary>One message.</summary>
    public static DatasetMessage One(JsonElement item, string field, TurnTags tags, List<DatasetImage>? inline = null)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw new RowRejectedException($"'{field}' is not a message", $"write it as {{\"{tags.Role}\": ..., \"{tags.Content}\": ...}}");
        }

        string name = RowFields.Required(item, tags.Role);
        DatasetRole role = tags.RoleOf(name) ?? throw new RowRejectedException(
            $"'{field}' is from '{RowCollector.Shown(name)}'", $"use the roles {tags.Human}, {tags.Assistant} and {tags.System}");
        if (!item.TryGetProperty(tags.Content, out JsonElement content))
        {
            throw new RowRejectedException($"'{field}' has no '{tags.Content}'", "fill it in or drop the row");
        }

        string text = content.ValueKind == JsonValueKind.Array ? Items(content, field, inline) : RowFields.Text(content, $"{field}.{tags.Content}");
        return new DatasetMessage(role, text) { Extensions = RowFields.Others(item, tags.Role, tags.Content) };
    }

    /// <summary>Writes a message.</summary>
    public static void Write(Utf8JsonWriter writer, DatasetMessage message, TurnTags tags)
    {
        writer.WriteStartObject();
        writer.WriteString(tags.Role, tags.NameOf(message.Role));
        writer.WriteString(tags.Content, message.Text);
        WriteExtensions(writer, message, tags);
        writer.WriteEndObject();
    }

    /// <summary>Writes a message as a list of content items: an image for every marker, and the text between.</summary>
    public static void WriteItems(Utf8JsonWriter writer, DatasetMessage message, TurnTags tags)
    {
        writer.WriteStartObject();
        writer.WriteString(tags.Role, tags.NameOf(message.Role));
        writer.WriteStartArray(tags.Content);
        string[] pieces = message.Text.Split(RowFields.ImageMarker);
        for (int index = 0; index < pieces.Length; index++)
        {
            if (index > 0)
            {
                writer.WriteStartObject();
                writer.WriteString("type", "image");
                writer.WriteEndObject();
            }

            string piece = Unjoined(pieces[index], index > 0, index < pieces.Length - 1);
            if (piece.Length > 0 || pieces.Length == 1)
            {
                writer.WriteStartObject();
                writer.WriteString("type", "text");
                writer.WriteString("text", piece);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
        WriteExtensions(writer, message, tags);
        writer.WriteEndObject();
    }

    private static void WriteExtensions(Utf8JsonWriter writer, DatasetMessage message, TurnTags tags)
    {
        foreach ((string name, string json) in message.Extensions)
        {
            if (name == tags.Role || name == tags.Content)
            {
                throw new RowRejectedException($"a message's own field '{name}' is also a field of the format", "rename the message's field");
            }

            writer.WritePropertyName(name);
            JsonText.WriteRaw(writer, json);
        }
    }

    // A marker and its text stand on lines of their own when items are joined.
    private static string Unjoined(string piece, bool isBehindMarker, bool isBeforeMarker)
    {
        string text = isBehindMarker && piece.StartsWith('\n') ? piece[1..] : piece;
        return isBeforeMarker && text.EndsWith('\n') ? text[..^1] : text;
    }

    private static string Items(JsonElement items, string field, List<DatasetImage>? inline)
    {
        StringBuilder text = new();
        bool isBehindMarker = false;
        foreach (JsonElement item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw new RowRejectedException($"a content item of '{field}' is not an object", "write items as {\"type\": \"text\", \"text\": ...}");
            }

            string type = RowFields.Required(item, "type");
            bool isText = type == "text";
            string piece = isText ? RowFields.Text(RequiredText(item), $"{field}.text") : RowFields.ImageMarker;
            bool isBreak = text.Length > 0 && (isBehindMarker || !isText);
            text.Append(isBreak ? "\n" : "").Append(piece);
            isBehindMarker = !isText;
            RequireKnown(item, type, field, inline);
        }

        return text.ToString();
    }

    private static JsonElement RequiredText(JsonElement item) => item.TryGetProperty("text", out JsonElement text)
        ? text
        : throw new RowRejectedException("a content item has no 'text'", "fill it in or drop the item");

    private static void RequireKnown(JsonElement item, string type, string field, List<DatasetImage>? inline)
    {
        if (type is not ("text" or "image" or "image_url"))
        {
            throw new RowRejectedException($"a content item of '{field}' is of type '{RowCollector.Shown(type)}'", "keep text and images");
        }

        foreach (JsonProperty property in item.EnumerateObject())
        {
            if (property.NameEquals("type"u8) || property.Value.ValueKind == JsonValueKind.Null || (type == "text" && property.NameEquals("text"u8)))
            {
                continue;
            }

            bool isImage = type != "text" && inline is not null
                && (property.NameEquals("image"u8) || property.NameEquals("url"u8) || property.NameEquals("path"u8) || property.NameEquals("image_url"u8));
            if (!isImage)
            {
                throw new RowRejectedException($"a content item of '{field}' has a field that NSft does not know", "keep type, text and image");
            }

            JsonElement image = property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("url", out JsonElement url) ? url : property.Value;
            inline!.Add(ImageFields.One(image, field));
        }
    }
}
