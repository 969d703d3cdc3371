namespace Orleans.Runtime;

internal sealed class RandomPlacement : PlacementStrategy
{
    internal override SiloAddress Pick(PlacementQuestion question) => question.Silos[question.Dice % (uint)question.Silos.Length];
}
