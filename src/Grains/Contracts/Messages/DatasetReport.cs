namespace NSft.Grains.Contracts.Messages;

/// <summary>What a dataset holds.</summary>
/// <param name="Failure">Why it cannot be used; null when it can.</param>
/// <param name="RowCount">Usable rows.</param>
/// <param name="ContentHash">SHA-256 of the data, and of the versions of what lies at addresses; workers that read another content refuse to open.</param>
/// <param name="Problems">The first rows that cannot be used, one line each.</param>
/// <param name="ProblemCount">Rows that cannot be used.</param>
[GenerateSerializer, Immutable, Alias("nsft.dataset-report")]
public sealed record DatasetReport(
    [property: Id(0)] Failure? Failure,
    [property: Id(1)] int RowCount,
    [property: Id(2)] string ContentHash,
    [property: Id(3)] string[] Problems,
    [property: Id(4)] int ProblemCount)
{
    /// <summary>Rows that are listed; the others are counted.</summary>
    public const int ListedProblems = 100;
}
