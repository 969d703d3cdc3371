using NSft.Data;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Dataset;

/// <summary>Preference pairs to and from their message form.</summary>
internal static class PairMessages
{
    internal static PairMessage From(PreferencePair pair) =>
        new(pair.Row, pair.Id, pair.Image, pair.Question, pair.Chosen, pair.Rejected);

    internal static PreferencePair ToPair(PairMessage message) =>
        new(message.Id, message.Image, message.Question, message.Chosen, message.Rejected) { Row = message.Row };
}
