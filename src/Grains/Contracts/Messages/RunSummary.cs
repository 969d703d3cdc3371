namespace NSft.Grains.Contracts.Messages;

/// <summary>A run in one line.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Name">Its name for people; null for none.</param>
/// <param name="Phase">Where it is, as it last told.</param>
/// <param name="CommittedSteps">Committed steps, as it last told.</param>
/// <param name="TotalSteps">Steps of the whole run; 0 until workers have opened.</param>
/// <param name="StartedAt">When it was started, UTC.</param>
/// <param name="OutputDirectory">Where its result goes; null when the client publishes it.</param>
[GenerateSerializer, Immutable, Alias("nsft.run-summary")]
public sealed record RunSummary(
    [property: Id(0)] string RunId,
    [property: Id(1)] string? Name,
    [property: Id(2)] RunPhase Phase,
    [property: Id(3)] int CommittedSteps,
    [property: Id(4)] int TotalSteps,
    [property: Id(5)] DateTimeOffset StartedAt,
    [property: Id(6)] string? OutputDirectory);
