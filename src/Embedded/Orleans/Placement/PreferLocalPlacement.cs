namespace Orleans.Runtime;

internal sealed class PreferLocalPlacement : PlacementStrategy
{
    internal override SiloAddress Pick(PlacementQuestion question) =>
        Array.IndexOf(question.Silos, question.Local) >= 0 ? question.Local : question.Silos[question.Dice % (uint)question.Silos.Length];
}
