using System.Globalization;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>Checks and divides conversations.</summary>
internal static class TurnOrder
{
    /// <summary>Refuses a conversation in which roles do not alternate, human first behind the instructions.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="last">Who must have the last word.</param>
    /// <param name="field">Its field, for the problem.</param>
    public static void Require(IReadOnlyList<DatasetMessage> messages, DatasetRole last, string field)
    {
        int first = messages.Count > 0 && messages[0].Role == DatasetRole.System ? 1 : 0;
        RequireAlternation(messages, first, DatasetRole.Human, field);
        if (messages.Count == first || messages[^1].Role != last)
        {
            throw new RowRejectedException(
                $"'{field}' does not end with {(last == DatasetRole.Human ? "a question" : "an answer")}",
                last == DatasetRole.Human ? "leave the answer to chosen and rejected" : "end every question with an answer");
        }
    }

    /// <summary>Refuses an answer that is not assistant, or assistant, human, ..., assistant.</summary>
    public static List<DatasetMessage> RequireAnswer(List<DatasetMessage> messages, string field)
    {
        RequireAlternation(messages, 0, DatasetRole.Assistant, field);
        return messages.Count % 2 == 1 ? messages : throw new RowRejectedException($"'{field}' does not end with an answer", "end it with the answer");
    }

    /// <summary>A whole conversation as what comes before its last answer, and that answer.</summary>
    public static (List<DatasetMessage> Prompt, List<DatasetMessage> Answer) Split(List<DatasetMessage> messages, string field)
    {
        Require(messages, DatasetRole.Assistant, field);
        return (messages[..^1], messages[^1..]);
    }

    /// <summary>Two whole conversations as the beginning that both have, and what each goes on with.</summary>
    public static (List<DatasetMessage> Prompt, List<DatasetMessage> Chosen, List<DatasetMessage> Rejected) Split(
        List<DatasetMessage> chosen, List<DatasetMessage> rejected, (string Chosen, string Rejected) fields)
    {
        Require(chosen, DatasetRole.Assistant, fields.Chosen);
        Require(rejected, DatasetRole.Assistant, fields.Rejected);
        int most = Math.Min(chosen.Count, rejected.Count) - 1;
        int shared = 0;
        while (shared < most && AreSame(chosen[shared], rejected[shared]))
        {
            shared++;
        }

        while (shared > 0 && chosen[shared - 1].Role != DatasetRole.Human)
        {
            shared--;
        }

        return shared > 0
            ? (chosen[..shared], chosen[shared..], rejected[shared..])
            : throw new RowRejectedException($"'{fields.Chosen}' and '{fields.Rejected}' do not begin with the same question", "repeat the question in both");
    }

    /// <summary>Whether messages say the same, wherever the image marker stands.</summary>
    public static bool AreSame(DatasetMessage first, DatasetMessage second) =>
        first.Role == second.Role && ImageMarkers.Bare(first.Text).Trim() == ImageMarkers.Bare(second.Text).Trim();

    private static void RequireAlternation(IReadOnlyList<DatasetMessage> messages, int first, DatasetRole role, string field)
    {
        for (int index = first; index < messages.Count; index++)
        {
            DatasetRole expected = (index - first) % 2 == 0 ? role : role == DatasetRole.Human ? DatasetRole.Assistant : DatasetRole.Human;
            if (messages[index].Role != expected)
            {
                throw new RowRejectedException(
                    string.Create(CultureInfo.InvariantCulture, $"'{field}[{index}]' is out of turn"), "let question and answer alternate, the question first");
            }
        }
    }
}
