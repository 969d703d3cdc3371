using System.Globalization;
using System.Text;
using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Identifiers are used once, and no image is asked the same question twice.</summary>
internal sealed class DuplicateCheck : ISetCheck
{
    private readonly FirstRows _ids = new();
    private readonly FirstRows _questions = new();

    /// <inheritdoc/>
    public void Observe(DatasetRecord record, RowFindings findings)
    {
        if (_ids.Add(ContentHash.Of(record.Id), record.Row) is int sameId)
        {
            findings.Warn(
                ProblemKind.DuplicateId,
                string.Create(CultureInfo.InvariantCulture, $"the id is used by row {sameId} already"),
                "give every row an id of its own: training skips the second one");
        }

        if (_questions.Add(QuestionKey(record), record.Row) is int same)
        {
            findings.Warn(
                ProblemKind.DuplicateQuestion,
                string.Create(CultureInfo.InvariantCulture, $"row {same} asks the same question about the same image"),
                "drop one of the two, unless the pictures are to count twice");
        }
    }

    /// <inheritdoc/>
    public void Finish(RowFindings findings)
    {
    }

    private static UInt128 QuestionKey(DatasetRecord record)
    {
        UInt128[] images = [.. record.Images.Select(ImageKey.Of)];
        if (record.Prompt.Count == 1)
        {
            return ContentHash.Of(images, RecordTexts.WithoutMarkers(record.Prompt[0].Text));
        }

        StringBuilder text = new();
        foreach (DatasetMessage message in record.Prompt)
        {
            text.Append(RecordTexts.WithoutMarkers(message.Text)).Append('\0');
        }

        // A conversation of several turns that begins like another one and ends differently is another conversation.
        return ContentHash.Of(images, text.ToString());
    }
}
