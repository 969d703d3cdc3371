using NSft.Client.Clusters;
using NSft.Client.Parsing;
using NSft.Collectives;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Kubernetes;

/// <summary>Lets a run follow the number of silos.</summary>
internal static class RunScale
{
    /// <summary>Wants a number of workers for a run; they come as silos do.</summary>
    /// <returns>The run's id.</returns>
    /// <exception cref="UserInputException">There is no such run, it has ended, or the cluster does not answer.</exception>
    public static async Task<string> SetAsync(StateChoice cluster, string run, int workers, CancellationToken cancellation)
    {
        await using ClusterConnection connection = await ClusterConnection.OpenAsync(cluster, cancellation).ConfigureAwait(false);
        RunSummary summary = RunFinder.Find(run, await connection.CallAsync(() => connection.Index.ListAsync(), cancellation).ConfigureAwait(false));
        IRunGrain grain = connection.Run(summary.RunId);
        RunStatus status = await connection.CallAsync(() => grain.GetStatusAsync(int.MaxValue), cancellation).ConfigureAwait(false);
        if (status.Phase.IsTerminal())
        {
            throw new UserInputException($"{summary.RunId} is {RunWords.Of(status.Phase)} already; the silos are scaled, no run follows");
        }

        await connection.CallAsync(() => grain.ScaleAsync(workers), cancellation).ConfigureAwait(false);
        return summary.RunId;
    }
}
