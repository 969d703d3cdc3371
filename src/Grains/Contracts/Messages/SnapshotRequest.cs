namespace NSft.Grains.Contracts.Messages;

/// <summary>Asks an active worker to copy the state of its owned range before the next step changes it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Version">Version of the view.</param>
/// <param name="Step">Committed steps that the state must reflect.</param>
/// <param name="Wanted">Steps whose copies are still to be written; others are let go.</param>
[GenerateSerializer, Immutable, Alias("nsft.snapshot-request")]
public sealed record SnapshotRequest(
    [property: Id(0)] string RunId,
    [property: Id(1)] long Version,
    [property: Id(2)] int Step,
    [property: Id(3)] int[] Wanted);
