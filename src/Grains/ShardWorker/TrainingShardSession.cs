using NSft.Collectives;
using NSft.Training;
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
    public PrepareReport Prepare(int step, ShardRange shards, int[]? exponents, CancellationToken cancellation) =>
        session.Prepare(step, shards, exponents, cancellation);

    /// <inheritdoc/>
    public void ReadSums(ElementRange range, Span<byte> destination) => session.ReadSums(range, destination);

    /// <inheritdoc/>
    public void AddSums(ElementRange range, ReadOnlySpan<byte> sums) => session.AddSums(range, sums);

    /// <inheritdoc/>
    public void WriteSums(ElementRange range, ReadOnlySpan<byte> sums) => session.WriteSums(range, sums);

    /// <inheritdoc/>
    public double Reduce() => session.Reduce();

    /// <inheritdoc/>
    public StepRecord Commit(double[] sums, long[] counts) => session.Commit(sums, counts);

    /// <inheritdoc/>
    public void Discard() => session.Discard();

    /// <inheritdoc/>
    public string WeightsHash() => session.WeightsHash();

    /// <inheritdoc/>
    public void Export(string directory) => session.Export(directory);

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();
}
