using System.Diagnostics.Metrics;
using NSft.Collectives.Metrics;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Instruments;

/// <summary>Where runs are. The silo that coordinates a run reports it; when it loses the run, its gauges end.</summary>
internal static class RunInstruments
{
    /// <summary>Runs whose gauges a silo reports at once.</summary>
    internal const int RunLimit = 16;

    private const string RunLabel = "run";

    private static readonly KeyValuePair<string, object?>[] Phases = TagsOf<RunPhase>("phase");
    private static readonly KeyValuePair<string, object?>[] Stages = TagsOf<WorkerStage>("state");

    /// <summary>The runs that are coordinated in this process.</summary>
    internal static readonly GaugeSources<RunGauges> Runs = new(RunLimit);

    /// <summary>Workers that have loaded model and data for a run.</summary>
    internal static readonly CounterFamily Joins = new("nsft.worker.joins", "{worker}", "Workers that have loaded and come into a run");

    /// <summary>Workers that left at a step boundary.</summary>
    internal static readonly CounterFamily Drains = new("nsft.worker.drains", "{worker}", "Workers that left at a step boundary");

    /// <summary>Workers that were lost.</summary>
    internal static readonly CounterFamily Deaths = new(
        "nsft.worker.deaths", "{worker}", "Workers that were lost or put out", new LabelValues("reason", DeathReason.All));

    /// <summary>Runs that ended here.</summary>
    internal static readonly CounterFamily Ended = new(
        "nsft.run.ended", "{run}", "Runs that have ended", new LabelValues("outcome", "completed", "failed", "cancelled"));

    /// <summary>Time from a loss to the next commit.</summary>
    internal static readonly DurationFamily Recovery = new(
        "nsft.recovery.duration", "Time from the loss of a worker or coordinator to the next commit", [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]);

    static RunInstruments()
    {
        Gauge("nsft.loss", "1", "Loss of the last committed step, nats a token", run => run.Loss);
        Gauge("nsft.gradient.norm", "1", "Gradient norm of the last committed step before clipping", run => run.GradientNorm);
        Gauge("nsft.learning.rate", "1", "Learning rate of the last committed step", run => run.LearningRate);
        Gauge("nsft.view.version", "{version}", "Version of the membership view", run => run.ViewVersion);
        Gauge("nsft.view.size", "{worker}", "Workers with a seat in the view", run => run.ViewSize);
        Gauge("nsft.run.step", "{step}", "Committed steps of the run", run => run.CommittedSteps);
        Gauge("nsft.run.steps", "{step}", "Steps that the run has in all", run => run.TotalSteps);
        Runs.Gauge("nsft.run.idle", "s", "Time since the run last committed a step or changed its phase", RunLabel, run => run.IdleSeconds);
        Runs.Gauge("nsft.checkpoint.age", "s", "Time since the last whole checkpoint, or since the run began", RunLabel, run => run.CheckpointAgeSeconds);
        Gauge("nsft.checkpoint.size", "By", "Size of the last checkpoint written here", run => run.CheckpointBytes);
        Runs.Gauge("nsft.run.phase", "1", "1 for the phase that the run is in, 0 for the others", PhasesOf, RunLabel);
        Runs.Gauge("nsft.workers", "{worker}", "Workers of the run by state", WorkersOf, RunLabel);
    }

    private static void Gauge(string name, string unit, string description, Func<RunReading, double?> read) =>
        Runs.Gauge(name, unit, description, RunLabel, run => read(run.Reading));

    private static IEnumerable<Measurement<double>> PhasesOf(RunGauges run)
    {
        var current = run.Reading.Phase;
        return Phases.Select((phase, index) => new Measurement<double>((int)current == index ? 1 : 0, phase));
    }

    private static IEnumerable<Measurement<double>> WorkersOf(RunGauges run)
    {
        var counts = run.Reading.WorkersByStage;
        return Stages.Skip(1).Select((stage, index) => new Measurement<double>(counts.Length > index + 1 ? counts[index + 1] : 0, stage));
    }

    /// <summary>A tag for each value of an enumeration, at its number.</summary>
    private static KeyValuePair<string, object?>[] TagsOf<T>(string label)
        where T : struct, Enum
    {
        var tags = new KeyValuePair<string, object?>[Enum.GetValues<T>().Max(value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)) + 1];
        foreach (var value in Enum.GetValues<T>())
        {
            tags[Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)] = new(label, LabelValues.Text(value.ToString()));
        }

        return tags;
    }
}
