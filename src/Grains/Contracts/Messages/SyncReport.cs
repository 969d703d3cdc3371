namespace NSft.Grains.Contracts.Messages;

/// <summary>A passive worker has copied the whole state, or could not.</summary>
/// <param name="Version">Version of the view that it copied in.</param>
/// <param name="Step">Committed steps of the state that it holds now.</param>
/// <param name="CopiedBytes">Bytes that it copied.</param>
/// <param name="Failure">Why it could not; null when it did.</param>
[GenerateSerializer, Immutable, Alias("nsft.sync-report")]
public sealed record SyncReport(
    [property: Id(0)] long Version,
    [property: Id(1)] int Step,
    [property: Id(2)] long CopiedBytes,
    [property: Id(3)] Failure? Failure = null);
