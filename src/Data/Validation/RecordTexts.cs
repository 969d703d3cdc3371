using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>The texts of a row with the words by which a reader finds them.</summary>
internal static class RecordTexts
{
    /// <summary>Stands for an image in a text.</summary>
    public const string ImageMarker = "<image>";

    /// <summary>Name of the conversation that leads to the question.</summary>
    public const string Prompt = "prompt";

    /// <summary>Every message with the part of the row that it stands in.</summary>
    public static IEnumerable<(string Part, DatasetMessage Message)> All(DatasetRecord record)
    {
        foreach (DatasetMessage message in record.Prompt)
        {
            yield return (Prompt, message);
        }

        foreach ((string side, IReadOnlyList<DatasetMessage> answer) in Sides(record))
        {
            foreach (DatasetMessage message in answer)
            {
                yield return (side, message);
            }
        }
    }

    /// <summary>The answers that the row has: chosen, rejected, or the one answer of a row without preference.</summary>
    public static IEnumerable<(string Side, IReadOnlyList<DatasetMessage> Messages)> Sides(DatasetRecord record)
    {
        if (record.Chosen is not null)
        {
            yield return (record.Rejected is null ? "answer" : "chosen", record.Chosen);
        }

        if (record.Rejected is not null)
        {
            yield return ("rejected", record.Rejected);
        }
    }

    /// <summary>The word for who says a message.</summary>
    public static string Speaker(DatasetRole role) => role switch
    {
        DatasetRole.System => "system",
        DatasetRole.Human => "human",
        _ => "assistant",
    };

    /// <summary>A question without image markers and the white space around it.</summary>
    public static string WithoutMarkers(string text) => text.Contains(ImageMarker, StringComparison.Ordinal)
        ? text.Replace(ImageMarker, "", StringComparison.Ordinal).Trim()
        : text.Trim();
}
