using NSft.Collectives;
using NSft.Training;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>One worker's tensors as the protocol sees them. Used on one thread only.</summary>
internal interface IShardSession : IDisposable
{
    /// <summary>What the worker found when it opened.</summary>
    SessionFacts Facts { get; }

    /// <summary>Bytes of weights, gradients and optimizer state.</summary>
    long HeldBytes { get; }

    /// <summary>Forgets earlier tries and computes the gradients of the shards into sums.</summary>
    /// <param name="step">Step, from 0.</param>
    /// <param name="shards">The shards; may be none.</param>
    /// <param name="exponents">Exponents of the slices, or null for those that follow from the last committed step.</param>
    /// <param name="cancellation">Checked between shards.</param>
    PrepareReport Prepare(int step, ShardRange shards, int[]? exponents, CancellationToken cancellation);

    /// <summary>Copies the worker's sums of a range, as they go over the wire.</summary>
    /// <param name="range">Elements of the flat gradient.</param>
    /// <param name="destination">Receives the bytes.</param>
    void ReadSums(ElementRange range, Span<byte> destination);

    /// <summary>Adds a peer's sums of a range to the worker's.</summary>
    /// <param name="range">Elements of the flat gradient.</param>
    /// <param name="sums">The peer's bytes.</param>
    void AddSums(ElementRange range, ReadOnlySpan<byte> sums);

    /// <summary>Replaces the worker's sums of a range by the total over all workers.</summary>
    /// <param name="range">Elements of the flat gradient.</param>
    /// <param name="sums">The owner's bytes.</param>
    void WriteSums(ElementRange range, ReadOnlySpan<byte> sums);

    /// <summary>Turns the totals into the gradient and returns its norm.</summary>
    double Reduce();

    /// <summary>Applies the gradient.</summary>
    /// <param name="sums">Sums over all shards.</param>
    /// <param name="counts">Counts over all shards.</param>
    StepRecord Commit(double[] sums, long[] counts);

    /// <summary>Forgets the step; weights and optimizer are as before it.</summary>
    void Discard();

    /// <summary>SHA-256 over the trained weights.</summary>
    string WeightsHash();

    /// <summary>Writes the trained model.</summary>
    /// <param name="directory">An existing directory.</param>
    void Export(string directory);
}
