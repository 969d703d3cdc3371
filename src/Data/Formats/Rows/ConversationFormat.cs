using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>A format whose rows hold LLaVA's conversations.</summary>
internal abstract class ConversationFormat(string name, string description) : RowFormat(name, description)
{
    /// <summary>The field of the conversation.</summary>
    protected const string Conversations = "conversations";

    /// <summary>The row's images, where it has any.</summary>
    protected static IReadOnlyList<DatasetImage> Images(JsonElement row, List<string> known) => ImageFields.Of(row, known, "image", "images");

    /// <summary>A list of messages that must be there.</summary>
    protected static List<DatasetMessage> Turns(JsonElement row, string field) => row.TryGetProperty(field, out JsonElement list)
        ? TurnText.List(list, field, TurnTags.Llava)
        : throw new RowRejectedException($"field '{field}' is missing", $"add '{field}' or drop the row");

    /// <summary>Writes the images: one as <c>image</c>, several as <c>images</c>.</summary>
    protected static void WriteImages(RowDraft draft, DatasetRecord record)
    {
        draft.Reserve("image", "images");
        if (record.Images.Count == 1)
        {
            draft.Image("image", record);
        }
        else if (record.Images.Count > 1)
        {
            draft.Images("images", record);
        }
    }
}
