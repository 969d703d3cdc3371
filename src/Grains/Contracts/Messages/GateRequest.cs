namespace NSft.Grains.Contracts.Messages;

/// <summary>Requests of one silo that wait for the gate, and what became of those that passed it. Holds no text of a chat.</summary>
/// <param name="Tokens">Expected tokens of each request that waits, in their order.</param>
/// <param name="RequestsPerMinute">The cluster's limit; 0 for none.</param>
/// <param name="TokensPerMinute">The cluster's limit; 0 for none.</param>
/// <param name="Timeout">Longest time of a request.</param>
/// <param name="Answers">Requests that were answered since the last call.</param>
/// <param name="Failures">Requests that the server failed at since the last call.</param>
/// <param name="Throttled">Requests that the server sent back as too many since the last call.</param>
/// <param name="RetryAfter">Longest pause that it asked for; null when it named none.</param>
/// <param name="TokenCorrection">Tokens used beyond those expected since the last call; negative for fewer.</param>
/// <param name="Unused">Requests that passed the gate and were not sent.</param>
/// <param name="LastFailure">What the server failed with last; null for nothing since the last call.</param>
[GenerateSerializer, Immutable, Alias("nsft.gate-request")]
public sealed record GateRequest(
    [property: Id(0)] long[] Tokens,
    [property: Id(1)] int RequestsPerMinute,
    [property: Id(2)] long TokensPerMinute,
    [property: Id(3)] TimeSpan Timeout,
    [property: Id(4)] int Answers = 0,
    [property: Id(5)] int Failures = 0,
    [property: Id(6)] int Throttled = 0,
    [property: Id(7)] TimeSpan? RetryAfter = null,
    [property: Id(8)] long TokenCorrection = 0,
    [property: Id(9)] int Unused = 0,
    [property: Id(10)] string? LastFailure = null);
