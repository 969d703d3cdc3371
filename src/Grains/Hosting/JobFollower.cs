using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Hosting;

/// <summary>Has a construction job done and follows it, while silos come and go: what is lost with one is asked of the next.</summary>
internal sealed class JobFollower(IConstructionGrain job, ConstructionRequest request, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(5);

    /// <summary>Starts the job and returns when it has ended, whichever way.</summary>
    /// <exception cref="RunFailedException">No silo answers for long.</exception>
    internal async Task<ConstructionStatus> FollowAsync(IProgress<ConstructionProgress>? progress, CancellationToken cancellationToken)
    {
        var known = new ConstructionProgress(RunPhase.None, 0, 0, 0, WorkTally.None);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var status = await CallAsync(() => job.WatchAsync(known.DoneBlocks, known.Phase), cancellationToken);
            if (status.Phase == RunPhase.None)
            {
                // Nothing was asked yet, or the memory of it went with its silo: the directory knows what is done.
                await CallAsync(() => StartAsync(), cancellationToken);
                continue;
            }

            var now = new ConstructionProgress(status.Phase, status.DoneBlocks, status.TotalBlocks, status.PairCount, status.Work);
            if (now != known && now.DoneBlocks >= known.DoneBlocks)
            {
                known = now;
                progress?.Report(now);
            }

            if (status.Phase.IsTerminal())
            {
                return status;
            }
        }
    }

    /// <summary>Takes the job over from an earlier command, if there was one.</summary>
    internal Task StartAsync(CancellationToken cancellationToken) => CallAsync(() => StartAsync(), cancellationToken);

    /// <summary>Ends the job if it goes on; silos that do not answer are not waited for.</summary>
    internal async Task CloseAsync()
    {
        try
        {
            await job.CloseAsync().WaitAsync(LongestGoodbye);
        }
        catch (Exception exception) when (Failures.IsLostCall(exception))
        {
            // Whoever ran the job is gone, and the job with it.
        }
    }

    private async Task<bool> StartAsync()
    {
        await job.StartAsync(request);
        return true;
    }

    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await call().WaitAsync(LongestCall, cancellationToken);
            }
            catch (Exception exception) when (Failures.IsLostCall(exception))
            {
                if (time.GetElapsedTime(begin) >= Patience)
                {
                    throw new RunFailedException(new Failure(FailureKind.Coordinator, $"the job was lost: {exception.Message}"), exception);
                }

                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
