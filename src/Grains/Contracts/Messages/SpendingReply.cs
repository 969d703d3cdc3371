namespace NSft.Grains.Contracts.Messages;

/// <summary>How many waiting requests the budget allows.</summary>
/// <param name="Granted">The first so many.</param>
/// <param name="IsSpent">Whether the next does not fit any more, whatever becomes of the others.</param>
/// <param name="Settled">What the job has spent.</param>
/// <param name="Held">What its requests in flight may cost at most.</param>
[GenerateSerializer, Immutable, Alias("nsft.spending-reply")]
public sealed record SpendingReply(
    [property: Id(0)] int Granted,
    [property: Id(1)] bool IsSpent,
    [property: Id(2)] decimal Settled,
    [property: Id(3)] decimal Held);
