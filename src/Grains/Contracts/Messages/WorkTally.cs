namespace NSft.Grains.Contracts.Messages;

/// <summary>Work done, in numbers; adds up.</summary>
/// <param name="Pairs">Pairs that have a result.</param>
/// <param name="DeadLetters">Those of them that could not be answered.</param>
/// <param name="Requests">Requests that a server was asked.</param>
/// <param name="PromptTokens">Tokens sent.</param>
/// <param name="CompletionTokens">Tokens received.</param>
/// <param name="StoredAnswers">Answers that were not paid again.</param>
[GenerateSerializer, Immutable, Alias("nsft.work-tally")]
public sealed record WorkTally(
    [property: Id(0)] int Pairs,
    [property: Id(1)] int DeadLetters,
    [property: Id(2)] long Requests,
    [property: Id(3)] long PromptTokens,
    [property: Id(4)] long CompletionTokens,
    [property: Id(5)] long StoredAnswers)
{
    /// <summary>Nothing done.</summary>
    public static WorkTally None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Both together.</summary>
    /// <param name="other">The other work.</param>
    public WorkTally Add(WorkTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new WorkTally(
            Pairs + other.Pairs,
            DeadLetters + other.DeadLetters,
            Requests + other.Requests,
            PromptTokens + other.PromptTokens,
            CompletionTokens + other.CompletionTokens,
            StoredAnswers + other.StoredAnswers);
    }
}
