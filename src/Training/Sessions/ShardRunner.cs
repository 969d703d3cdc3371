using NSft.Collectives;
using NSft.Training.Objectives;
using NSft.Training.Plans;

namespace NSft.Training.Sessions;

/// <summary>Runs the passes of a shard.</summary>
/// <param name="policy">The model in training.</param>
/// <param name="objective">What to minimise.</param>
/// <param name="batches">Makes the tensors of passes.</param>
/// <param name="phases">Told of batches that are made.</param>
internal sealed class ShardRunner(PolicyModel policy, IObjective objective, PassBatchBuilder batches, PhaseClock phases)
{
    /// <summary>Forward and backward passes of one shard, which add to the gradient vector.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="normalizers">What each term is divided by.</param>
    /// <param name="finished">Told in the last pass which blocks' gradients are final, see <see cref="Model.BackwardPieces.Run"/>; or null.</param>
    internal ShardOutcome Run(ShardBatch shard, IReadOnlyList<long> normalizers, Action<int>? finished = null)
    {
        var totals = new ShardTotals(objective.SumCount, objective.CountCount);
        for (int i = 0; i < shard.Passes.Count; i++)
        {
            phases.Enter(StepPhase.Plan);
            using PassBatch batch = batches.Build(shard.Passes[i]);
            policy.Finished = i == shard.Passes.Count - 1 ? finished : null;
            objective.Run(policy, batch, normalizers[shard.Passes[i].Term], totals);
        }

        return new ShardOutcome(shard.Shard, totals.Sums, totals.Counts);
    }
}
