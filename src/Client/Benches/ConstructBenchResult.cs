using NSft.Grains.Benchmarks.Practice;

namespace NSft.Client.Benches;

/// <summary>What became of the pairs, and what was paid for them. Pure.</summary>
/// <param name="Settings">What was asked for.</param>
/// <param name="Answered">Pairs with a conversation.</param>
/// <param name="DeadLetters">Pairs without one, by reason.</param>
/// <param name="Missing">Pairs that are in neither.</param>
/// <param name="Doubled">Pairs that are there more than once.</param>
/// <param name="Requests">Requests of all kinds.</param>
/// <param name="Faults">How often each fault befell a request.</param>
internal sealed record ConstructBenchResult(
    ConstructBenchSettings Settings,
    int Answered,
    IReadOnlyDictionary<string, int> DeadLetters,
    int Missing,
    int Doubled,
    int Requests,
    IReadOnlyDictionary<PracticeFault, int> Faults)
{
    /// <summary>Answers that were paid.</summary>
    public required int Paid { get; init; }

    /// <summary>Questions whose answer was paid more than once.</summary>
    public required int PaidTwice { get; init; }

    /// <summary>Those of them whose earlier answer was not in flight on the killed silo: there must be none.</summary>
    public required int PaidTwiceWithoutCause { get; init; }

    /// <summary>Requests in flight on all silos at the kill; null without one.</summary>
    public int? InFlightAtKill { get; init; }

    /// <summary>Answers whose silo was gone when they were made.</summary>
    public required int Undelivered { get; init; }

    /// <summary>Seconds from the first request to the last answer.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds of the whole job.</summary>
    public required double JobSeconds { get; init; }

    /// <summary>Silo processes that constructed.</summary>
    public required int SilosUsed { get; init; }

    /// <summary>Paid answers a second.</summary>
    public double Rate => Paid / Seconds;

    /// <summary>That over concurrency by latency.</summary>
    public double Efficiency => Rate / Settings.IdealRate;

    /// <summary>Whether every pair came to exactly one end, and nothing was paid twice but what one silo had in flight.</summary>
    public bool IsRight =>
        Missing == 0 && Doubled == 0 && Answered + DeadLetters.Values.Sum() == Settings.Pairs
        && PaidTwiceWithoutCause == 0 && PaidTwice <= Settings.SlotsOfSilo;
}
