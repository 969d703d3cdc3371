using System.Diagnostics.Metrics;

namespace NSft.Grains;

/// <summary>Metrics of runs and jobs.</summary>
internal static class GrainInstruments
{
    /// <summary>Name of the meter.</summary>
    internal const string MeterName = "NSft";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Messages of older views, steps or tries that were dropped.</summary>
    internal static readonly Counter<long> DroppedMessages = Meter.CreateCounter<long>("nsft.messages.dropped", "{message}");

    /// <summary>Committed steps.</summary>
    internal static readonly Counter<long> CommittedSteps = Meter.CreateCounter<long>("nsft.step.committed", "{step}");

    /// <summary>Tries of steps that were discarded.</summary>
    internal static readonly Counter<long> RedoneSteps = Meter.CreateCounter<long>("nsft.step.redone", "{step}");

    /// <summary>Time from prepare to commit.</summary>
    internal static readonly Histogram<double> StepDuration = Meter.CreateHistogram<double>("nsft.step.duration", "s");
}
