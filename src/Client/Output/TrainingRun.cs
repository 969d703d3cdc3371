using System.Globalization;
using NSft.Client.Remote;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Training;

namespace NSft.Client.Output;

/// <summary>Runs a training run on a cluster of its own and shows its progress.</summary>
internal static class TrainingRun
{
    /// <summary>Trains with one silo a worker.</summary>
    public static async Task<RunOutcome> TrainAsync(
        TrainingOptions options, string output, int workerCount, ElasticOptions elastic, CancellationToken cancellation)
    {
        await using LocalCluster cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions { SiloCount = workerCount, ConfigureServices = ConsoleStores.Configure }, cancellation);
        return await TrainAsync(cluster, options, output, workerCount, elastic, cancellation);
    }

    /// <summary>Trains on a cluster that runs already.</summary>
    public static Task<RunOutcome> TrainAsync(
        LocalCluster cluster, TrainingOptions options, string output, int workerCount, ElasticOptions elastic, CancellationToken cancellation)
    {
        string label = options.Objective.ToString();
        return ConsoleProgress.RunAsync($"training {Lower(label)}", "steps", progress =>
            new RunClient(cluster.Client).TrainAsync(options, output, workerCount, new StepProgress(progress), elastic, cancellation));
    }

#pragma warning disable CA1308 // a name shown to a reader
    private static string Lower(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308

    private sealed class StepProgress(IProgress<ProgressUpdate> target) : IProgress<RunProgress>
    {
        private long _done;

        public void Report(RunProgress value)
        {
            if (value.Step is StepRecord step)
            {
                _done++;
                target.Report(new ProgressUpdate(_done, value.TotalSteps, string.Create(CultureInfo.InvariantCulture, $"loss {step.Loss:0.000}")));
            }
        }
    }
}
