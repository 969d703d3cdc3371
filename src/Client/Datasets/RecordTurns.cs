using NSft.Collectives;
using NSft.Data.Formats;
using NSft.Model.Conversation;

namespace NSft.Client.Datasets;

/// <summary>A row's messages as the questions and answers that training lays out.</summary>
internal static class RecordTurns
{
    /// <summary>The prompt with one of its answers; a system message is left out, since templates have their own.</summary>
    /// <exception cref="UserInputException">The messages do not alternate.</exception>
    public static IReadOnlyList<ConversationTurn> Of(DatasetRecord record, IReadOnlyList<DatasetMessage> answer)
    {
        DatasetMessage[] messages = [.. record.Prompt.Where((message, index) => index > 0 || message.Role != DatasetRole.System), .. answer];
        if (messages.Length == 0 || messages.Length % 2 != 0)
        {
            throw new UserInputException($"{messages.Length} messages cannot be paired into questions and answers");
        }

        ConversationTurn[] turns = new ConversationTurn[messages.Length / 2];
        for (int index = 0; index < turns.Length; index++)
        {
            DatasetMessage question = messages[2 * index];
            DatasetMessage reply = messages[(2 * index) + 1];
            if (question.Role != DatasetRole.Human || reply.Role != DatasetRole.Assistant)
            {
                throw new UserInputException($"turn {index + 1} is not a human's question with the assistant's answer");
            }

            turns[index] = new ConversationTurn(question.Text.Trim(), reply.Text.Trim());
        }

        return turns;
    }
}
