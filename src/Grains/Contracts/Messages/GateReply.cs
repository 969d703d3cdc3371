namespace NSft.Grains.Contracts.Messages;

/// <summary>How many waiting requests may be sent.</summary>
/// <param name="Granted">The first so many.</param>
/// <param name="Wait">When to ask again for the others.</param>
/// <param name="IsProbe">Whether the one granted tries a server that has been failing.</param>
/// <param name="DownFor">How long the server has been failing; zero when it answers.</param>
/// <param name="LastFailure">What it failed with last; null for nothing.</param>
[GenerateSerializer, Immutable, Alias("nsft.gate-reply")]
public sealed record GateReply(
    [property: Id(0)] int Granted,
    [property: Id(1)] TimeSpan Wait,
    [property: Id(2)] bool IsProbe,
    [property: Id(3)] TimeSpan DownFor,
    [property: Id(4)] string? LastFailure);
