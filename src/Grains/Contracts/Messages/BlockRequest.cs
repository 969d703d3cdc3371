namespace NSft.Grains.Contracts.Messages;

/// <summary>A block of a construction job, leased to a task. Constructing it again gives the same.</summary>
/// <param name="Job">The job's request.</param>
/// <param name="JobId">The job.</param>
/// <param name="Index">Index of the block.</param>
[GenerateSerializer, Immutable, Alias("nsft.block-request")]
public sealed record BlockRequest(
    [property: Id(0)] ConstructionRequest Job,
    [property: Id(1)] string JobId,
    [property: Id(2)] int Index);
