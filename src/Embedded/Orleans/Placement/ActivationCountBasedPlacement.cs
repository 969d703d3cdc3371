namespace Orleans.Runtime;

internal sealed class ActivationCountBasedPlacement : PlacementStrategy
{
    internal override SiloAddress Pick(PlacementQuestion question)
    {
        int length = question.Silos.Length;
        int best = (int)(question.Dice % (uint)length);
        for (int i = 1; i < length; i++)
        {
            int candidate = (int)((question.Dice + (uint)i) % (uint)length);
            best = question.Counts[candidate] < question.Counts[best] ? candidate : best;
        }

        return question.Silos[best];
    }
}
