namespace NSft.Client.Iteration;

/// <summary>What the weights of each round are evaluated on.</summary>
/// <param name="Chair">Annotations for CHAIR; null for none.</param>
/// <param name="Pope">POPE question files.</param>
internal sealed record IterationBenchmarks(string? Chair, IReadOnlyList<string> Pope)
{
    /// <summary>Whether there is nothing to evaluate on.</summary>
    public bool IsEmpty => Chair is null && Pope.Count == 0;
}
