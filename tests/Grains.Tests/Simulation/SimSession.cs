using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Training.Sessions;

namespace NSft.Grains.Tests.Simulation;

/// <summary>A worker's tensors: the bookkeeping is the real one, the numbers are compared with the undisturbed run at every change.</summary>
/// <param name="world">Told of violations.</param>
/// <param name="reference">The undisturbed run.</param>
/// <param name="worker">Key, for messages.</param>
internal sealed class SimSession(SimWorld world, SimReference reference, string worker)
{
    private readonly StateHoldings _holdings = new(SimLayout.Layout.Whole);
    private readonly ulong[] _sums = new ulong[SimLayout.BlockCount];
    private readonly SimState _state = SimState.Initial();
    private RangeSet _totals = RangeSet.Empty;
    private int? _pending;

    internal int NextStep => _holdings.NextStep;

    internal int[]? NextExponents { get; private set; }

    internal RangeSet HeldMoments => _holdings.HeldMoments;

    internal RangeSet StaleWeights => _holdings.StaleWeights;

    internal SimState State => _state;

    internal PreparedReport Prepare(StepTicket ticket, ShardRange shards, int[]? exponents)
    {
        if (ticket.Step != NextStep || (shards.Count > 0 && !StaleWeights.IsEmpty))
        {
            throw new InvalidOperationException($"step {ticket.Step} at {NextStep}, stale {StaleWeights}");
        }

        Array.Clear(_sums);
        _totals = RangeSet.Empty;
        var digest = _state.WeightsDigest();
        var outcomes = new ShardMessage[shards.Count];
        for (var i = 0; i < shards.Count; i++)
        {
            SimReference.AddShard(_sums, ticket.Step, shards.First + i, digest);
            outcomes[i] = new ShardMessage(shards.First + i, [SimReference.ShardLoss(ticket.Step, shards.First + i)], [1]);
        }

        // Every third step overflows the exponents that follow from the one before.
        var isSummed = exponents is not null || (NextExponents is not null && ticket.Step % 3 != 2);
        _pending = isSummed ? ticket.Step : null;
        return new PreparedReport(ticket, SimReference.PlanHash, outcomes, [1f, 2f], isSummed);
    }

    internal ulong Sum(int block) => _sums[block];

    internal void Add(int block, ulong sum) => _sums[block] += sum;

    internal void SetTotal(int block, ulong total) => _sums[block] = total;

    internal ReduceReport Reduce(ElementRange owned, RangeSet totals)
    {
        world.Require(_pending is not null && _totals.IsEmpty, $"{worker} reduces twice, or nothing");
        _totals = totals;
        var maxima = new float[SimLayout.Layout.Slices.Count];
        int[] blocks = [.. SimLayout.Blocks(owned)];
        SimReference.NoteMaxima(maxima, _sums, blocks.FirstOrDefault(), blocks.Length);
        return new ReduceReport([.. blocks.Select(block => SimReference.BlockSum(_sums[block]))], maxima);
    }

    internal void Commit(CommitRequest commit)
    {
        var (step, decision) = (commit.Ticket.Step, reference.Decision(commit.Ticket.Step));
        world.Require(step == NextStep, $"{worker} applies step {step} at step {NextStep}");
        world.Require(_pending == step, $"{worker} applies step {step} without its gradient");
        world.Require(
            commit.Norm == decision.Norm && commit.Sums[0] == decision.Loss && commit.NextExponents!.SequenceEqual(decision.NextExponents),
            $"{worker}: the commit of step {step} is not that of the undisturbed run");
        var updated = _holdings.Updatable(_totals);
        foreach (var block in SimLayout.Blocks(updated))
        {
            _state.Apply(block, _sums[block], commit.Norm, Attempt(commit.Ticket));
        }

        _holdings.Advance(updated);
        _pending = null;
        NextExponents = commit.NextExponents;
        Check();
    }

    /// <summary>Reads a block for a peer; null when it is not held.</summary>
    internal SimChunk? Read(StateParts parts, int block) => _holdings.CanRead(parts, SimLayout.Layout.Block(block))
        ? new SimChunk(NextStep, _state.Weights(block), _state.History(block), _state.Moments(block))
        : null;

    internal bool Write(StateParts parts, int block, SimChunk chunk)
    {
        var range = SimLayout.Layout.Block(block);
        if (!_holdings.CanWrite(chunk.Step, parts, range))
        {
            return false;
        }

        if (parts.HasFlag(StateParts.Weights))
        {
            _state.SetWeights(block, chunk.Weights, chunk.History);
        }

        if (parts.HasFlag(StateParts.Moments))
        {
            _state.SetMoments(block, chunk.Moments);
        }

        _holdings.NoteWritten(parts, range);
        Check();
        return true;
    }

    internal void BeginSync(int step, int[]? exponents)
    {
        _holdings.Begin(step);
        NextExponents = exponents;
        _pending = null;
    }

    internal void Require(RangeSet moments)
    {
        var before = _holdings.HeldMoments;
        _holdings.Require(moments);
        foreach (var block in SimLayout.Blocks(_holdings.HeldMoments.Except(before)))
        {
            _state.SetMoments(block, 0);
        }
    }

    internal void KeepOnly(RangeSet moments) => _holdings.KeepOnly(moments);

    internal void Load(SimCheckpoint checkpoint, RangeSet moments)
    {
        BeginSync(checkpoint.Step, checkpoint.NextExponents);
        _holdings.Require(moments);
        for (var block = 0; block < SimLayout.BlockCount; block++)
        {
            var chunk = checkpoint.Blocks[block];
            Write(StateParts.Weights, block, chunk);
            if (moments.Contains(SimLayout.Layout.Block(block)))
            {
                Write(StateParts.Moments, block, chunk);
            }
        }
    }

    private static ulong Attempt(StepTicket ticket) => ((ulong)ticket.View << 32) | ((ulong)(uint)ticket.Step << 12) | (uint)ticket.Attempt;

    private void Check()
    {
        var expected = reference.After(NextStep);
        for (var block = 0; block < SimLayout.BlockCount; block++)
        {
            var range = SimLayout.Layout.Block(block);
            world.Require(
                !_holdings.CanRead(StateParts.Weights, range) || _state.Weights(block) == expected.Weights(block),
                $"{worker}: the weights of block {block} after {NextStep} steps are not those of the undisturbed run");
            world.Require(
                !_holdings.CanRead(StateParts.Moments, range) || _state.Moments(block) == expected.Moments(block),
                $"{worker}: the moments of block {block} after {NextStep} steps are not those of the undisturbed run");
        }
    }
}
