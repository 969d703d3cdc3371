namespace Orleans.Runtime;

internal sealed class HashBasedPlacement : PlacementStrategy
{
    internal override SiloAddress Pick(PlacementQuestion question) => question.Silos[question.Grain.StableHash() % (uint)question.Silos.Length];
}
