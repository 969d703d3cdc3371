using NSft.Collectives;
using NSft.Training.Objectives;
using NSft.Training.Plans;

namespace NSft.Training.Sessions;

/// <summary>Runs the passes of a shard and adds its gradient to the worker's sum.</summary>
/// <param name="policy">The model in training.</param>
/// <param name="objective">What to minimise.</param>
/// <param name="batches">Makes the tensors of passes.</param>
/// <param name="parameters">Where gradients arrive; zero before and after each shard.</param>
/// <param name="sum">The worker's sum.</param>
internal sealed class ShardRunner(
    PolicyModel policy, IObjective objective, PassBatchBuilder batches, TrainableParameters parameters, GradientAccumulator sum)
{
    /// <summary>Forward and backward passes of one shard; the gradient vector holds its gradient afterwards.</summary>
    internal ShardOutcome Run(ShardBatch shard, IReadOnlyList<long> normalizers)
    {
        var totals = new ShardTotals(objective.SumCount, objective.CountCount);
        foreach (TrainingPass pass in shard.Passes)
        {
            using PassBatch batch = batches.Build(pass);
            objective.Run(policy, batch, normalizers[pass.Term], totals);
        }

        return new ShardOutcome(shard.Shard, totals.Sums, totals.Counts);
    }

    /// <summary>Adds the gradient to the sum, or only measures it when there are no exponents, and empties it.</summary>
    /// <param name="exponents">Exponent of each slice, or null.</param>
    /// <param name="maxima">Largest magnitudes so far; raised here.</param>
    /// <returns>Whether everything was added and fitted.</returns>
    internal bool Collect(int[]? exponents, float[] maxima)
    {
        parameters.Gradients.Download();
        bool isSummed = exponents is not null;
        for (int i = 0; i < maxima.Length; i++)
        {
            ReadOnlySpan<float> gradient = parameters.Gradients.Window(parameters.Layout.Slices[i]);
            SliceMagnitude seen = exponents is null ? FixedPoint.Measure(gradient) : sum.Add(i, gradient, exponents[i]);
            maxima[i] = Math.Max(maxima[i], seen.Maximum);
            isSummed &= !seen.Overflowed;
        }

        parameters.Gradients.ClearOnDevice();
        return isSummed;
    }
}
