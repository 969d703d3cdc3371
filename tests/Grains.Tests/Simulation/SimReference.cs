using NSft.Collectives;

namespace NSft.Grains.Tests.Simulation;

/// <summary>
/// The undisturbed run, in one place: weights and moments of each block after each step. Every shard's gradient depends on all weights,
/// so whoever computes with wrong weights, or adds a shard twice, differs from it for ever.
/// </summary>
internal sealed class SimReference
{
    internal const string PlanHash = "plan";
    internal const int DataBits = 24;
    internal const int BytesPerElement = 4;

    private readonly List<SimState> _states = [];
    private readonly List<SimDecision> _decisions = [];
    private readonly int _shards;

    internal SimReference(int steps, int shards)
    {
        _shards = shards;
        var state = SimState.Initial();
        _states.Add(state);
        for (var step = 0; step < steps; step++)
        {
            var totals = new ulong[SimLayout.BlockCount];
            var digest = state.WeightsDigest();
            for (var shard = 0; shard < shards; shard++)
            {
                AddShard(totals, step, shard, digest);
            }

            var maxima = new float[SimLayout.Layout.Slices.Count];
            NoteMaxima(maxima, totals, 0, SimLayout.BlockCount);
            var decision = new SimDecision(
                ReduceMerge.Norm([[.. totals.Select(BlockSum)]]), Loss(step), ReduceMerge.NextExponents(DataBits, [maxima])!);
            state = state.Copy();
            for (var block = 0; block < SimLayout.BlockCount; block++)
            {
                state.Apply(block, totals[block], decision.Norm, default);
            }

            _states.Add(state);
            _decisions.Add(decision);
        }
    }

    /// <summary>State after a number of steps.</summary>
    internal SimState After(int steps) => _states[steps];

    internal SimDecision Decision(int step) => _decisions[step];

    internal double Loss(int step)
    {
        double loss = 0;
        for (var shard = 0; shard < _shards; shard++)
        {
            loss += ShardLoss(step, shard);
        }

        return loss;
    }

    internal static double ShardLoss(int step, int shard) => 1.0 / (3 + step + (7 * shard));

    internal static double BlockSum(ulong total) => 1 + (total % 1009);

    internal static void AddShard(ulong[] sums, int step, int shard, ulong weights)
    {
        for (var block = 0; block < sums.Length; block++)
        {
            sums[block] += SimState.Mix(weights ^ (ulong)((step * 1_000_003) + (shard * 1009) + block));
        }
    }

    internal static void NoteMaxima(float[] maxima, ulong[] totals, int firstBlock, int blocks)
    {
        for (var block = firstBlock; block < firstBlock + blocks; block++)
        {
            var slice = SimLayout.SliceOf(block);
            maxima[slice] = Math.Max(maxima[slice], 1 + (totals[block] % 65_537));
        }
    }
}
