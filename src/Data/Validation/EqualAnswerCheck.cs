using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Chosen and rejected differ.</summary>
internal sealed class EqualAnswerCheck : IRowCheck
{
    /// <inheritdoc/>
    public void Check(DatasetRecord record, RowFindings findings)
    {
        if (record.Chosen is not { } chosen || record.Rejected is not { } rejected || chosen.Count != rejected.Count)
        {
            return;
        }

        for (int index = 0; index < chosen.Count; index++)
        {
            if (chosen[index].Role != rejected[index].Role || !AnswerText.AreEqual(chosen[index].Text, rejected[index].Text))
            {
                return;
            }
        }

        findings.Error(ProblemKind.EqualAnswers, "chosen and rejected are the same answer", "drop the row: it holds no preference");
    }
}
