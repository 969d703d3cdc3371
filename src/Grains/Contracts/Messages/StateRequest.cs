namespace NSft.Grains.Contracts.Messages;

/// <summary>Asks a worker for a chunk of its state.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Range">Elements.</param>
/// <param name="Parts">What of them: bits of <c>StateParts</c>.</param>
[GenerateSerializer, Immutable, Alias("nsft.state-request")]
public sealed record StateRequest(
    [property: Id(0)] string RunId,
    [property: Id(1)] RangeMessage Range,
    [property: Id(2)] int Parts);
