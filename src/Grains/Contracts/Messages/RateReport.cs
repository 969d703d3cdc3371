namespace NSft.Grains.Contracts.Messages;

/// <summary>The rated answers of one prompt.</summary>
/// <param name="RowJson">The prompt with its rated answers; empty when there is a failure.</param>
/// <param name="Failure">Why no answer of the job can be rated any more; null when they were.</param>
[GenerateSerializer, Immutable, Alias("nsft.rate-report")]
public sealed record RateReport(
    [property: Id(0)] string RowJson,
    [property: Id(1)] Failure? Failure = null);
