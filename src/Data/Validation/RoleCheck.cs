using System.Globalization;
using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Human and assistant take turns, human first, behind at most one system message; every row has an answer.</summary>
internal sealed class RoleCheck : IRowCheck
{
    /// <inheritdoc/>
    public void Check(DatasetRecord record, RowFindings findings)
    {
        DatasetRole expected = DatasetRole.Human;
        for (int index = 0; index < record.Prompt.Count; index++)
        {
            DatasetRole role = record.Prompt[index].Role;
            if (role == DatasetRole.System && index == 0)
            {
                continue;
            }

            if (role != expected)
            {
                Report(findings, RecordTexts.Prompt, index, role, expected);
                return;
            }

            expected = Other(expected);
        }

        if (expected == DatasetRole.Human)
        {
            findings.Error(ProblemKind.Roles, "no human message is to be answered", "end the conversation before the answer with a question");
            return;
        }

        if (record.Chosen is null)
        {
            findings.IsUntrained = true;
            findings.Error(ProblemKind.Roles, "the row has no answer", "add the answer or drop the row");
        }

        foreach ((string side, IReadOnlyList<DatasetMessage> messages) in RecordTexts.Sides(record))
        {
            CheckSide(side, messages, findings);
        }
    }

    private static void CheckSide(string side, IReadOnlyList<DatasetMessage> messages, RowFindings findings)
    {
        DatasetRole expected = DatasetRole.Assistant;
        for (int index = 0; index < messages.Count; index++)
        {
            if (messages[index].Role != expected)
            {
                Report(findings, side, index, messages[index].Role, expected);
                return;
            }

            expected = Other(expected);
        }

        if (expected == DatasetRole.Assistant)
        {
            findings.Error(ProblemKind.Roles, $"{side} does not end with an answer", "end it with the assistant's answer or drop the row");
        }
    }

    private static DatasetRole Other(DatasetRole role) => role == DatasetRole.Human ? DatasetRole.Assistant : DatasetRole.Human;

    private static void Report(RowFindings findings, string part, int index, DatasetRole found, DatasetRole expected) => findings.Error(
        ProblemKind.Roles,
        string.Create(CultureInfo.InvariantCulture, $"message {index + 1} of {part} is from {RecordTexts.Speaker(found)}, not from {RecordTexts.Speaker(expected)}"),
        "let human and assistant alternate, human first");
}
