namespace NSft.Grains.Contracts.Messages;

/// <summary>How a block ended, or that it still goes on.</summary>
/// <param name="Silo">The silo, in the parsable form of its address.</param>
/// <param name="IsDone">Whether the block's file is written.</param>
/// <param name="Completions">Completions of the block.</param>
/// <param name="Tokens">Tokens of those completions.</param>
/// <param name="Failure">Why the block failed; null unless it did.</param>
[GenerateSerializer, Immutable, Alias("nsft.sample-block-report")]
public sealed record SampleBlockReport(
    [property: Id(0)] string Silo,
    [property: Id(1)] bool IsDone,
    [property: Id(2)] long Completions,
    [property: Id(3)] long Tokens,
    [property: Id(4)] Failure? Failure = null);
