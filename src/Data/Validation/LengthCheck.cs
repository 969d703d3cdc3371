using System.Globalization;
using NSft.Collectives;
using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Every side fits the limit once images are expanded to tokens, and trains something.</summary>
internal sealed class LengthCheck(IConversationMeter meter) : IRowCheck
{
    /// <inheritdoc/>
    public void Check(DatasetRecord record, RowFindings findings)
    {
        foreach ((string side, IReadOnlyList<DatasetMessage> answer) in RecordTexts.Sides(record))
        {
            ConversationLength length;
            try
            {
                length = meter.Measure(record, answer);
            }
            catch (UserInputException)
            {
                continue;
            }

            if (length.Tokens > meter.Limit)
            {
                ReportLong(side, length, findings);
            }

            if (length.KeptTrainedTokens == 0)
            {
                findings.IsUntrained |= side != "rejected";
                findings.Error(ProblemKind.NothingTrained, $"{side} has no trained token within the limit", "shorten the question or drop the row: it adds nothing to the loss");
            }
        }
    }

    private void ReportLong(string side, ConversationLength length, RowFindings findings)
    {
        int lost = length.TrainedTokens - length.KeptTrainedTokens;
        string cut = meter.Limit < length.ImageEnd ? "the cut would go through the image"
            : length.KeptTrainedTokens == 0 ? "cut on the right, the whole answer would be lost"
            : string.Create(CultureInfo.InvariantCulture, $"cut on the right, the answer would lose {lost} of {length.TrainedTokens} tokens and its </s>");
        findings.Error(
            ProblemKind.TooLong,
            string.Create(CultureInfo.InvariantCulture, $"{side} has {length.Tokens} tokens, {length.ImageTokens} of them for images; the limit is {meter.Limit}: {cut}"),
            "shorten the side or raise --max-length");
    }
}
