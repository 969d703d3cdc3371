using System.Globalization;
using NSft.Client.Output;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Training;
using NSft.Training.Plans;
using NSft.Training.Samples;

namespace NSft.Client.Chaos;

/// <summary>The undisturbed run on one worker in this process: what the disturbed one must come to.</summary>
/// <param name="Options">What was trained, with the number of steps.</param>
/// <param name="Output">Where its result is.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record OracleRun(TrainingOptions Options, string Output, int Steps, double Seconds)
{
    private const int CalibrationSteps = 10;

    /// <summary>Trains; chooses the number of steps first unless it is given, so that the disturbed run lasts about as long as the faults.</summary>
    public static async Task<OracleRun> RunAsync(ChaosSettings settings, string output, Action<string> say, CancellationToken cancellation)
    {
        TrainingOptions options = settings.Options.Objective == ObjectiveKind.Nsft
            ? settings.Options with { CorrectivePath = await ConstructAsync(settings.Options.DataPath, output + ".corrective.json", cancellation) }
            : settings.Options;
        if (options.Steps is null)
        {
            double stepSeconds = await CalibrateAsync(options, output, cancellation);
            TrainingPlan plan = new([.. TrainingData.Load(options).Samples.Select(sample => sample.Shape)], PlanSettings.From(options));

            // Whole epochs, so that the ledger can tell of every sample. Workers in parallel make up about for what faults take.
            int epochs = Math.Max(1, (int)Math.Ceiling(settings.Faults.TotalSeconds / stepSeconds / plan.StepsPerEpoch));
            say(string.Create(CultureInfo.InvariantCulture, $"a step takes one worker {stepSeconds:0.00} s: the run gets {epochs} epochs of {plan.StepsPerEpoch} steps"));
            options = options with { Epochs = epochs };
        }

        say("undisturbed run on one worker");
        RunOutcome outcome = await TrainingRun.TrainAsync(options, output, 1, new ElasticOptions(), cancellation);
        return new OracleRun(options, output, outcome.CommittedSteps, outcome.Duration.TotalSeconds);
    }

    private static async Task<string> ConstructAsync(string data, string path, CancellationToken cancellation)
    {
        await using LocalCluster cluster = await LocalCluster.StartAsync(1, cancellation);
        await ConstructionRun.ConstructAsync(cluster, new ConstructionSettings { DataPath = data }, path, cancellation);
        return path;
    }

    /// <summary>Seconds of a step: what lies between the commits of a short run.</summary>
    private static async Task<double> CalibrateAsync(TrainingOptions options, string output, CancellationToken cancellation)
    {
        string scratch = output + ".calibration";
        StepClock clock = new();
        await using LocalCluster cluster = await LocalCluster.StartAsync(1, cancellation);
        await new RunClient(cluster.Client).TrainAsync(options with { Steps = CalibrationSteps }, scratch, 1, clock, cancellationToken: cancellation);
        Directory.Delete(scratch, recursive: true);
        return clock.SecondsOfStep;
    }

    private sealed class StepClock : IProgress<RunProgress>
    {
        private readonly List<long> _commits = [];

        public double SecondsOfStep => Math.Max(1e-3, TimeProvider.System.GetElapsedTime(_commits[0], _commits[^1]).TotalSeconds / (_commits.Count - 1));

        public void Report(RunProgress value)
        {
            if (value.Step is not null)
            {
                _commits.Add(TimeProvider.System.GetTimestamp());
            }
        }
    }
}
