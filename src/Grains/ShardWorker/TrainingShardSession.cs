using NSft.Collectives;
using NSft.Training;
using NSft.Training.Checkpoints;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>A training session behind the protocol's contract.</summary>
/// <param name="session">The session; disposed with this.</param>
internal sealed class TrainingShardSession(TrainingSession session) : IShardSession
{
    /// <inheritdoc/>
    public SessionFacts Facts => session.Facts;

    /// <inheritdoc/>
    public long HeldBytes => session.Memory.Base;

    /// <inheritdoc/>
    public GradientAccumulator Sums => session.Sums;

    /// <inheritdoc/>
    public int NextStep => session.NextStep;

    /// <inheritdoc/>
    public IReadOnlyList<int>? NextExponents => session.NextExponents;

    /// <inheritdoc/>
    public RangeSet HeldMoments => session.HeldMoments;

    /// <inheritdoc/>
    public RangeSet StaleWeights => session.StaleWeights;

    /// <inheritdoc/>
    public bool IsSynced => session.IsSynced;

    /// <inheritdoc/>
    public PrepareReport Prepare(
        int step, ShardRange shards, int[]? exponents, Action<ElementRange>? ready, CancellationToken cancellation) =>
        session.Prepare(step, shards, exponents, ready, cancellation);

    /// <inheritdoc/>
    public PreparedWork Prepared => session.Prepared;

    /// <inheritdoc/>
    public ReduceReport Reduce(ElementRange owned) => session.Reduce(owned);

    /// <inheritdoc/>
    public StepRecord Commit(StepCommit commit) => session.Commit(commit);

    /// <inheritdoc/>
    public void Discard() => session.Discard();

    /// <inheritdoc/>
    public int ReadState(StateParts parts, ElementRange range, Span<byte> destination) => session.ReadState(parts, range, destination);

    /// <inheritdoc/>
    public bool WriteState(int step, StateParts parts, ElementRange range, ReadOnlySpan<byte> source) =>
        session.WriteState(step, parts, range, source);

    /// <inheritdoc/>
    public void BeginSync(int step, int[]? nextExponents) => session.BeginSync(step, nextExponents);

    /// <inheritdoc/>
    public void RequireMoments(RangeSet ranges) => session.RequireMoments(ranges);

    /// <inheritdoc/>
    public void KeepOnlyMoments(RangeSet ranges) => session.KeepOnlyMoments(ranges);

    /// <inheritdoc/>
    public void LoadCheckpoint(ICheckpointSource checkpoint, RangeSet moments) => session.LoadCheckpoint(checkpoint, moments);

    /// <inheritdoc/>
    public CheckpointPart Snapshot(ElementRange owned) => session.Snapshot(owned);

    /// <inheritdoc/>
    public string WeightsHash() => session.WeightsHash();

    /// <inheritdoc/>
    public void Export(string directory) => session.Export(directory);

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();
}
