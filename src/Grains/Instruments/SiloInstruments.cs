using System.Diagnostics.Metrics;
using NSft.Collectives.Metrics;

namespace NSft.Grains.Instruments;

/// <summary>Whether the process' silo takes work.</summary>
internal static class SiloInstruments
{
    private static readonly GaugeSources<Func<bool>> Readiness = new(capacity: 1);

    static SiloInstruments() => Readiness.Gauge(
        "nsft.silo.ready", "1", "1 for a silo that is an active member of its cluster and does not leave, else 0",
        isReady => [new Measurement<double>(isReady() ? 1 : 0)], label: null);

    /// <summary>Takes the word of the host, which alone knows of joining and draining.</summary>
    /// <param name="isReady">Whether the silo is ready; any thread. Kept alive by the caller, as long as it holds.</param>
    /// <returns>Ends it when disposed.</returns>
    internal static IDisposable Report(Func<bool> isReady) => Readiness.Add(isReady);
}
