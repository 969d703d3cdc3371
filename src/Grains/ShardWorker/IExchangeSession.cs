using NSft.Collectives;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>What an exchange needs of a worker's tensors. Any thread.</summary>
internal interface IExchangeSession
{
    /// <summary>The worker's sums. What takes a generation may be used on the exchange's thread while shards are added.</summary>
    GradientAccumulator Sums { get; }

    /// <summary>Number of committed steps, and so the next step.</summary>
    int NextStep { get; }

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
}
