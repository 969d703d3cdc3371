namespace NSft.Grains.Contracts.Messages;

/// <summary>What a worker has when a view change begins.</summary>
/// <param name="Version">The version that the worker has promised to.</param>
/// <param name="CommittedSteps">Steps that it has applied.</param>
/// <param name="LastCommit">The commit of the last step that it applied; null when it applied none since it opened.</param>
/// <param name="LastReport">Its report of that commit.</param>
/// <param name="Voted">The try that it voted yes on and has not applied, whose totals it still holds; null when there is none.</param>
/// <param name="Weights">Ranges whose weights are those after <paramref name="CommittedSteps"/> steps.</param>
/// <param name="Moments">Ranges whose optimizer state it holds.</param>
/// <param name="NextExponents">Exponents of the step after; null before the first commit or for float sums.</param>
/// <param name="Missing">Keys of peers that it was waiting for in the exchange that ended.</param>
/// <param name="Failure">Why it cannot take part; null when it can.</param>
[GenerateSerializer, Immutable, Alias("nsft.halt-report")]
public sealed record HaltReport(
    [property: Id(0)] long Version,
    [property: Id(1)] int CommittedSteps,
    [property: Id(2)] CommitRequest? LastCommit,
    [property: Id(3)] CommitReport? LastReport,
    [property: Id(4)] StepTicket? Voted,
    [property: Id(5)] RangeMessage[] Weights,
    [property: Id(6)] RangeMessage[] Moments,
    [property: Id(7)] int[]? NextExponents,
    [property: Id(8)] string[] Missing,
    [property: Id(9)] Failure? Failure = null)
{
    /// <summary>The report of a worker that cannot take part.</summary>
    /// <param name="version">The version asked for, or the newer one promised.</param>
    /// <param name="failure">Why.</param>
    public static HaltReport Failed(long version, Failure failure) => new(version, 0, null, null, null, [], [], null, [], failure);
}
