namespace NSft.Grains.Contracts.Messages;

/// <summary>A worker has taken its seat, or could not.</summary>
/// <param name="Version">Version of the view.</param>
/// <param name="CopiedBytes">Bytes of state that it copied from others.</param>
/// <param name="Failure">Why it could not; null when it did.</param>
[GenerateSerializer, Immutable, Alias("nsft.seat-report")]
public sealed record SeatReport(
    [property: Id(0)] long Version,
    [property: Id(1)] long CopiedBytes,
    [property: Id(2)] Failure? Failure = null);
