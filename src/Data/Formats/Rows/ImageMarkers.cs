using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>The markers that say where images stand in a text.</summary>
internal static class ImageMarkers
{
    private const string Marker = RowFields.ImageMarker;

    /// <summary>How many there are.</summary>
    public static int Count(string text) => text.AsSpan().Count(Marker);

    /// <summary>How many there are in messages.</summary>
    public static int Count(IEnumerable<DatasetMessage> messages) => messages.Sum(message => Count(message.Text));

    /// <summary>A text without the one marker that stands in front of it or behind; other texts as they are.</summary>
    public static string Bare(string text)
    {
        if (Count(text) != 1)
        {
            return text;
        }

        string trimmed = text.Trim();
        return trimmed.StartsWith(Marker, StringComparison.Ordinal) ? trimmed[Marker.Length..].TrimStart()
            : trimmed.EndsWith(Marker, StringComparison.Ordinal) ? trimmed[..^Marker.Length].TrimEnd()
            : text;
    }

    /// <summary>A prompt with one marker for every image, which are put in front of the first question where there are none.</summary>
    public static IReadOnlyList<DatasetMessage> Placed(DatasetRecord record)
    {
        int count = Count(record.Prompt) + Count(record.Chosen ?? []) + Count(record.Rejected ?? []);
        if (count > 0 || record.Images.Count == 0)
        {
            return record.Prompt;
        }

        DatasetMessage[] messages = [.. record.Prompt];
        int first = Array.FindIndex(messages, message => message.Role == DatasetRole.Human);
        string markers = string.Concat(Enumerable.Repeat(Marker + "\n", record.Images.Count));
        messages[first] = messages[first] with { Text = markers + messages[first].Text };
        return messages;
    }
}
