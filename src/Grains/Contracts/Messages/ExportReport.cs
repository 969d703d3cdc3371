namespace NSft.Grains.Contracts.Messages;

/// <summary>A worker's weights at the end of a run.</summary>
/// <param name="WeightsHash">SHA-256 over the trained weights.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
[GenerateSerializer, Immutable, Alias("nsft.export-report")]
public sealed record ExportReport(
    [property: Id(0)] string WeightsHash,
    [property: Id(1)] Failure? Failure = null);
