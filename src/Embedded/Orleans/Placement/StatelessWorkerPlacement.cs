namespace Orleans.Runtime;

/// <summary>Always on the calling silo, outside the directory.</summary>
internal sealed class StatelessWorkerPlacement(int maxLocal) : PlacementStrategy
{
    internal int MaxLocal { get; } = Math.Max(1, maxLocal);

    internal override SiloAddress Pick(PlacementQuestion question) => question.Local;
}
