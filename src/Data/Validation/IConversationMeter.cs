using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Measures conversations with a model's tokenizer and template. Safe from any thread.</summary>
public interface IConversationMeter
{
    /// <summary>Most tokens of a conversation.</summary>
    int Limit { get; }

    /// <summary>Measures a prompt with one of its answers.</summary>
    /// <exception cref="Collectives.UserInputException">It is no conversation; other checks say why.</exception>
    ConversationLength Measure(DatasetRecord record, IReadOnlyList<DatasetMessage> answer);
}
