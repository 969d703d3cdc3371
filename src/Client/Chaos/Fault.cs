namespace NSft.Client.Chaos;

/// <summary>One fault of a schedule.</summary>
/// <param name="At">When, from the start of the schedule.</param>
/// <param name="Kind">What.</param>
/// <param name="Silos">Names of the silos it happens to; empty for those that happen to the run.</param>
/// <param name="Lasts">How long a freeze or a pause lasts; zero for the others.</param>
/// <param name="Workers">Workers wanted by a scale command; 0 for the others.</param>
internal sealed record Fault(TimeSpan At, FaultKind Kind, IReadOnlyList<string> Silos, TimeSpan Lasts = default, int Workers = 0);
