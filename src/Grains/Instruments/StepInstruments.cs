using NSft.Collectives.Metrics;

namespace NSft.Grains.Instruments;

/// <summary>What steps take and bring.</summary>
internal static class StepInstruments
{
    internal const string Plan = "plan";
    internal const string Forward = "forward";
    internal const string Backward = "backward";
    internal const string Quantise = "quantise";
    internal const string Reduce = "reduce";
    internal const string Vote = "vote";
    internal const string Commit = "commit";
    internal const string Total = "total";

    /// <summary>Time of a step by phase: the coordinator records the whole, workers their parts.</summary>
    internal static readonly DurationFamily Duration = new(
        "nsft.step.duration",
        "Time of a step: the whole as the coordinator sees it, its phases as each worker does",
        [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500],
        new LabelValues("phase", Plan, Forward, Backward, Quantise, Reduce, Vote, Commit, Total));

    /// <summary>Committed steps; the coordinator counts.</summary>
    internal static readonly CounterFamily Committed = new("nsft.step.committed", "{step}", "Committed steps");

    /// <summary>Tries of steps that came to nothing; the coordinator counts.</summary>
    internal static readonly CounterFamily Discarded = new(
        "nsft.step.discarded", "{step}", "Tries of steps that were given up and computed again", new LabelValues("reason", DiscardReason.All));

    /// <summary>Target tokens of committed steps; the coordinator counts.</summary>
    internal static readonly CounterFamily Tokens = new("nsft.tokens", "{token}", "Target tokens of committed steps");

    /// <summary>Samples of committed steps; workers count those of their shards.</summary>
    internal static readonly CounterFamily Samples = new("nsft.samples", "{sample}", "Samples of committed steps");

    /// <summary>Messages of older views, steps or tries that were dropped; workers count.</summary>
    internal static readonly CounterFamily DroppedMessages = new(
        "nsft.messages.dropped", "{message}", "Messages of older views, steps or tries that were dropped");
}
