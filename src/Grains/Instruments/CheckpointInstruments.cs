using NSft.Collectives.Metrics;

namespace NSft.Grains.Instruments;

/// <summary>What checkpoints take; the coordinator of a run reports. Age and size are among the run's gauges.</summary>
internal static class CheckpointInstruments
{
    /// <summary>Time from the order to write a checkpoint until it is whole.</summary>
    internal static readonly DurationFamily Duration = new(
        "nsft.checkpoint.duration", "Time from the order to write a checkpoint until it is whole", [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000]);

    /// <summary>Checkpoints that could not be written.</summary>
    internal static readonly CounterFamily Failures = new("nsft.checkpoint.failures", "{checkpoint}", "Checkpoints that could not be written");
}
