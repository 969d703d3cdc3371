using NSft.Grains.Hosting;

namespace NSft.Client.Output;

/// <summary>Runs a construction job and shows its progress.</summary>
internal static class ConstructionRun
{
    /// <summary>Constructs on a cluster that runs already, and writes the file.</summary>
    public static Task<ConstructionOutcome> ConstructAsync(
        LocalCluster cluster, ConstructionSettings settings, string output, CancellationToken cancellation) =>
        ConsoleProgress.RunAsync("constructing", "blocks", progress =>
            new ConstructionClient(cluster.Client).ConstructAsync(settings, output, new BlockProgress(progress), cancellation));

    private sealed class BlockProgress(IProgress<ProgressUpdate> target) : IProgress<ConstructionProgress>
    {
        public void Report(ConstructionProgress value)
        {
            if (value.TotalBlocks > 0)
            {
                target.Report(new ProgressUpdate(value.DoneBlocks, value.TotalBlocks));
            }
        }
    }
}
