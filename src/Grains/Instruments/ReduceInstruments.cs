using NSft.Collectives.Metrics;

namespace NSft.Grains.Instruments;

/// <summary>What workers exchange; each silo reports its own workers.</summary>
internal static class ReduceInstruments
{
    /// <summary>Devices of a silo whose workers are reported at once.</summary>
    internal const int WorkerLimit = 64;

    /// <summary>The workers of this process.</summary>
    internal static readonly GaugeSources<ReduceGauge> Workers = new(WorkerLimit);

    /// <summary>Bytes that workers gave to peers.</summary>
    internal static readonly CounterFamily Bytes = new(
        "nsft.reduce.bytes", "By", "Bytes of partial sums, totals and weights that workers gave to peers, by message or through shared memory");

    static ReduceInstruments() => Workers.Gauge(
        "nsft.reduce.bandwidth", "By/s", "Bytes given to peers in the last exchange over its time", "worker", worker => worker.BytesPerSecond);
}
