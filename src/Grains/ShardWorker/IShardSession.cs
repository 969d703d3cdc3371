using NSft.Collectives;
using NSft.Training;
using NSft.Training.Checkpoints;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>One worker's tensors as the protocol sees them.</summary>
/// <remarks>Used on one thread; <see cref="ReadState"/>, <see cref="WriteState"/> and the properties may be used on any.</remarks>
internal interface IShardSession : IDisposable
{
    /// <summary>What the worker found when it opened.</summary>
    SessionFacts Facts { get; }

    /// <summary>Bytes of weights, gradients and optimizer state.</summary>
    long HeldBytes { get; }

    /// <summary>The worker's sums. What takes a generation may be used on the exchange's thread meanwhile.</summary>
    GradientAccumulator Sums { get; }

    /// <summary>Number of committed steps, and so the next step.</summary>
    int NextStep { get; }

    /// <summary>Exponents that the next step starts with; null before the first commit.</summary>
    IReadOnlyList<int>? NextExponents { get; }

    /// <summary>Elements whose moments are those of <see cref="NextStep"/>.</summary>
    RangeSet HeldMoments { get; }

    /// <summary>Elements whose weights are not those of <see cref="NextStep"/>.</summary>
    RangeSet StaleWeights { get; }

    /// <summary>All weights are current and all required moments are held.</summary>
    bool IsSynced { get; }

    /// <summary>Forgets earlier tries and computes the gradients of the shards into sums.</summary>
    /// <param name="step">Step, from 0.</param>
    /// <param name="shards">The shards; may be none.</param>
    /// <param name="exponents">Exponents of the slices, or null for those that follow from the last committed step.</param>
    /// <param name="ready">Called on the worker's thread with ranges whose sums are final, all of them by the end; not when only measuring.</param>
    /// <param name="cancellation">Checked between shards.</param>
    PrepareReport Prepare(
        int step, ShardRange shards, int[]? exponents, Action<ElementRange>? ready, CancellationToken cancellation);

    /// <summary>Ends the exchange: reads the gradient of the owned range from the totals.</summary>
    /// <param name="owned">The range that this worker summed; may be empty.</param>
    ReduceReport Reduce(ElementRange owned);

    /// <summary>Applies the gradient where weights are current and moments held.</summary>
    /// <param name="commit">The same on all workers.</param>
    StepRecord Commit(StepCommit commit);

    /// <summary>Forgets the step; weights and optimizer are as before it.</summary>
    void Discard();

    /// <summary>Copies state that this worker holds.</summary>
    /// <param name="parts">What to copy.</param>
    /// <param name="range">Elements of the flat vector.</param>
    /// <param name="destination">Receives float32 weights, then first moments, then second moments, of the parts asked for.</param>
    /// <returns>The step that it is the state of.</returns>
    /// <exception cref="InvalidOperationException">Something of it is not held.</exception>
    int ReadState(StateParts parts, ElementRange range, Span<byte> destination);

    /// <summary>Takes a peer's state where it is missing here.</summary>
    /// <param name="step">The step that it is the state of.</param>
    /// <param name="parts">What the bytes hold.</param>
    /// <param name="range">Elements of the flat vector.</param>
    /// <param name="source">The peer's bytes.</param>
    /// <returns>False, and nothing changed, unless the step is <see cref="NextStep"/> and the moments are required.</returns>
    bool WriteState(int step, StateParts parts, ElementRange range, ReadOnlySpan<byte> source);

    /// <summary>Forgets all state, to be written anew; initial weights that never changed stay.</summary>
    /// <param name="step">The step to stand at.</param>
    /// <param name="nextExponents">Exponents that the step starts with; null at step 0 and for float kinds.</param>
    void BeginSync(int step, int[]? nextExponents);

    /// <summary>Makes room for moments. At step 0 they are zero and so held; later they must be written.</summary>
    /// <param name="ranges">Moments to hold beside those held already.</param>
    void RequireMoments(RangeSet ranges);

    /// <summary>Frees all other moments.</summary>
    /// <param name="ranges">Moments to keep where they are held or required.</param>
    void KeepOnlyMoments(RangeSet ranges);

    /// <summary>Takes weights, some moments, step and exponents of a checkpoint.</summary>
    /// <param name="directory">The checkpoint's folder.</param>
    /// <param name="moments">The moments to hold.</param>
    /// <exception cref="UserInputException">It is damaged or belongs to another run. The session holds nothing then.</exception>
    void LoadCheckpoint(string directory, RangeSet moments);

    /// <summary>Copies state for a checkpoint, to be written on another thread by <see cref="CheckpointPartFile.Write"/>.</summary>
    /// <param name="owned">Elements whose state is held.</param>
    CheckpointPart Snapshot(ElementRange owned);

    /// <summary>SHA-256 over the trained weights.</summary>
    string WeightsHash();

    /// <summary>Writes the trained model.</summary>
    /// <param name="directory">An existing directory.</param>
    void Export(string directory);
}
