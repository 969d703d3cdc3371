namespace NSft.Grains.Contracts.Messages;

/// <summary>Asks an active worker to write the copy that it has of its owned range.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Version">Version of the view.</param>
/// <param name="Step">Committed steps that the copy reflects.</param>
/// <param name="StagingDirectory">Where to write: an existing directory, or an address of an object store.</param>
[GenerateSerializer, Immutable, Alias("nsft.checkpoint-request")]
public sealed record CheckpointRequest(
    [property: Id(0)] string RunId,
    [property: Id(1)] long Version,
    [property: Id(2)] int Step,
    [property: Id(3)] string StagingDirectory);
