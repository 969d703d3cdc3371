using NSft.Collectives;
using NSft.Training;
using NSft.Training.Checkpoints;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>One worker's tensors as the protocol sees them.</summary>
/// <remarks>Used on one thread; what an exchange needs, and the properties, may be used on any.</remarks>
internal interface IShardSession : IExchangeSession, IDisposable
{
    /// <summary>What the worker found when it opened.</summary>
    SessionFacts Facts { get; }

    /// <summary>Bytes of weights, gradients and optimizer state.</summary>
    long HeldBytes { get; }

    /// <summary>Exponents that the next step starts with; null before the first commit.</summary>
    IReadOnlyList<int>? NextExponents { get; }

    /// <summary>Elements whose moments are those of <see cref="IExchangeSession.NextStep"/>.</summary>
    RangeSet HeldMoments { get; }

    /// <summary>Elements whose weights are not those of <see cref="IExchangeSession.NextStep"/>.</summary>
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

    /// <summary>What the last <see cref="Prepare"/> computed, and its times.</summary>
    PreparedWork Prepared { get; }

    /// <summary>Ends the exchange: reads the gradient of the owned range from the totals.</summary>
    /// <param name="owned">The range that this worker summed; may be empty.</param>
    ReduceReport Reduce(ElementRange owned);

    /// <summary>Applies the gradient where weights are current and moments held.</summary>
    /// <param name="commit">The same on all workers.</param>
    StepRecord Commit(StepCommit commit);

    /// <summary>Forgets the step; weights and optimizer are as before it.</summary>
    void Discard();

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
    /// <param name="checkpoint">The checkpoint; the worker's thread waits for what is read.</param>
    /// <param name="moments">The moments to hold.</param>
    /// <exception cref="UserInputException">It is damaged or belongs to another run. The session holds nothing then.</exception>
    void LoadCheckpoint(ICheckpointSource checkpoint, RangeSet moments);

    /// <summary>Copies state for a checkpoint, to be written on another thread by <see cref="CheckpointStores.WriteAsync"/>.</summary>
    /// <param name="owned">Elements whose state is held.</param>
    CheckpointPart Snapshot(ElementRange owned);

    /// <summary>SHA-256 over the trained weights.</summary>
    string WeightsHash();

    /// <summary>Writes the trained model.</summary>
    /// <param name="directory">An existing directory.</param>
    void Export(string directory);
}
