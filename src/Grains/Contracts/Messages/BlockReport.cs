namespace NSft.Grains.Contracts.Messages;

/// <summary>What a construction task made of its block; the results themselves are in the job's directory.</summary>
/// <param name="Index">Index of the block.</param>
/// <param name="Silo">Silo that the task ran on, in the parsable form of its address.</param>
/// <param name="Work">What was done.</param>
/// <param name="Failure">Why the block cannot be constructed; null when it was.</param>
[GenerateSerializer, Immutable, Alias("nsft.block-report")]
public sealed record BlockReport(
    [property: Id(0)] int Index,
    [property: Id(1)] string Silo,
    [property: Id(2)] WorkTally Work,
    [property: Id(3)] Failure? Failure = null);
