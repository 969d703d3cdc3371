namespace NSft.Grains.Benchmarks;

/// <summary>Our exchange of sums between processes beside Gloo's and Open MPI's all-reduce, in one run, every sum checked.</summary>
public static class AllReduceBench
{
    /// <summary>Runs it.</summary>
    /// <param name="settings">What to run.</param>
    /// <param name="measured">Called with each result as it comes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Peers that are missing here, each with the command that installs it.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(
        AllReduceSettings settings, Action<AllReduceTiming> measured, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(measured);
        var work = Directory.CreateTempSubdirectory("nsft-bench-");
        try
        {
            var peers = settings.PeerScripts is { } scripts ? new AllReducePeers(scripts, work.FullName) : null;
            foreach (var count in settings.Processes)
            {
                await RunAsync(settings, count, peers, measured, cancellation);
            }

            return peers?.Absent ?? [];
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(
        AllReduceSettings settings, int count, AllReducePeers? peers, Action<AllReduceTiming> measured, CancellationToken cancellation)
    {
        var contestants = new List<IAllReduceContestant>();
        try
        {
            contestants.Add(await ClusterContestant.StartAsync(count, settings.Transport, settings.Silo, cancellation));
            if (peers is not null)
            {
                contestants.AddRange(await peers.StartAsync(count, settings.Transport == ShardWorker.ExchangeTransport.Auto, cancellation));
            }

            foreach (var bytes in settings.Bytes)
            {
                var seconds = contestants.ConvertAll(_ => new double[settings.Repeats]);
                for (var repeat = 0; repeat < settings.Repeats; repeat++)
                {
                    for (var one = 0; one < contestants.Count; one++)
                    {
                        seconds[one][repeat] = await contestants[one].RunAsync(bytes, cancellation);
                    }
                }

                for (var one = 0; one < contestants.Count; one++)
                {
                    measured(new AllReduceTiming(contestants[one].Name, count, bytes, seconds[one]));
                }
            }
        }
        finally
        {
            foreach (var contestant in contestants)
            {
                await contestant.DisposeAsync();
            }
        }
    }
}
