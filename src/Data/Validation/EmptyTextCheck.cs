using System.Globalization;
using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Questions ask and answers say something.</summary>
internal sealed class EmptyTextCheck : IRowCheck
{
    /// <inheritdoc/>
    public void Check(DatasetRecord record, RowFindings findings)
    {
        for (int index = 0; index < record.Prompt.Count; index++)
        {
            DatasetMessage message = record.Prompt[index];
            if (message.Role != DatasetRole.System && RecordTexts.WithoutMarkers(message.Text).Length == 0)
            {
                string what = message.Role == DatasetRole.Human ? "holds no question" : "is an empty answer";
                findings.Error(
                    ProblemKind.Empty, string.Create(CultureInfo.InvariantCulture, $"message {index + 1} of the prompt {what}"), "fill it in or drop the row");
            }
        }

        foreach ((string side, IReadOnlyList<DatasetMessage> messages) in RecordTexts.Sides(record))
        {
            if (messages.Any(message => string.IsNullOrWhiteSpace(message.Text)))
            {
                findings.IsUntrained |= side != "rejected" && messages.All(message => message.Role != DatasetRole.Assistant || string.IsNullOrWhiteSpace(message.Text));
                findings.Error(ProblemKind.Empty, $"{side} is empty", "fill it in or drop the row: it would train the end token alone");
            }
        }
    }
}
