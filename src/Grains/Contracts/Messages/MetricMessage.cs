namespace NSft.Grains.Contracts.Messages;

/// <summary>A number that an objective reports about a step.</summary>
/// <param name="Name">Name of the metric.</param>
/// <param name="Value">Its value.</param>
[GenerateSerializer, Immutable, Alias("nsft.metric")]
public sealed record MetricMessage(
    [property: Id(0)] string Name,
    [property: Id(1)] double Value);
