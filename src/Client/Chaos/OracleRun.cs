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
    private const int CalibrationSteps = 8;

    /// <summary>Trains; chooses the number of steps first unless it is given, so that the disturbed run lasts about as long as the faults.</summary>
    public static async Task<OracleRun> RunAsync(ChaosSettings settings, string output, Action<string> say, CancellationToken cancellation)
    {
        TrainingOptions options = settings.Options;
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
        return new OracleRun(options, output, outcome.Steps.Count, outcome.Duration.TotalSeconds);
    }

    /// <summary>Seconds of a step, from the difference of two short runs: what opening takes drops out.</summary>
    private static async Task<double> CalibrateAsync(TrainingOptions options, string output, CancellationToken cancellation)
    {
        string scratch = output + ".calibration";
        double[] seconds = new double[2];
        for (int run = 0; run < seconds.Length; run++)
        {
            TrainingOptions brief = options with { Steps = 1 + (run * CalibrationSteps) };
            seconds[run] = (await TrainingRun.TrainAsync(brief, scratch, 1, new ElasticOptions(), cancellation)).Duration.TotalSeconds;
            Directory.Delete(scratch, recursive: true);
        }

        return Math.Max(1e-3, (seconds[1] - seconds[0]) / CalibrationSteps);
    }
}
