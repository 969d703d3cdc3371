using NSft.Data;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Construction;

/// <summary>Conversations to and from their message form.</summary>
internal static class ConversationMessages
{
    internal static ConversationMessage From(SupervisedRow row) => new(
        row.Id,
        row.Image,
        [.. row.Turns.Select(turn => new TurnMessage(turn.Question, turn.Answer))],
        [.. row.Extensions.Select(field => new FieldMessage(field.Key, field.Value))]);

    internal static SupervisedRow ToRow(ConversationMessage message) =>
        new(message.Id, message.Image, [.. message.Turns.Select(turn => new DialogueTurn(turn.Question, turn.Answer))])
        {
            Extensions = message.Fields.ToDictionary(field => field.Name, field => field.Json),
        };
}
