using System.Collections.Concurrent;

namespace NSft.Cluster.Tests;

/// <summary>Silos are killed, frozen, asked to stop and started while callers count.</summary>
public sealed class ChurnTests
{
    private const int Grains = 12;
    private const int Callers = 6;

    [Fact]
    public async Task Counters_DuringKillsFreezesAndStops_LoseNoAcknowledgedCall()
    {
        await using ProcessCluster cluster = await ProcessCluster.StartAsync(3);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        ConcurrentDictionary<int, int> acknowledged = new();
        Task callers = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => CallAsync(cluster, caller, acknowledged, end.Token)));
        await cluster.AddAsync(1);
        cluster.Silos[0].Kill();
        await cluster.Silos[1].FreezeAsync();
        await cluster.AddAsync(1);
        cluster.Silos[1].Thaw();
        cluster.Silos[2].Terminate();
        await cluster.Silos[2].WaitForExitAsync();
        await ProcessCluster.UntilAsync(() => Task.FromResult(acknowledged.Count == Grains));
        await end.CancelAsync();
        await callers;
        foreach ((int key, int count) in acknowledged)
        {
            int stored = await ProcessCluster.EventuallyAsync(cluster.Client.GetGrain<IPlaceGrain>($"counter {key}").Count);
            Assert.True(stored >= count, $"counter {key} has {stored}, but {count} calls were answered");
        }
    }

    private static async Task CallAsync(ProcessCluster cluster, int caller, ConcurrentDictionary<int, int> acknowledged, CancellationToken end)
    {
        for (int i = caller; !end.IsCancellationRequested; i++)
        {
            int key = i % Grains;
            try
            {
                await cluster.Client.GetGrain<IPlaceGrain>($"counter {key}").Increment();
                acknowledged.AddOrUpdate(key, 1, (_, count) => count + 1);
            }
            catch (Exception error) when (error is OrleansMessageRejectionException or TimeoutException or Orleans.Storage.InconsistentStateException)
            {
                // Whether it was counted is unknown.
                await Task.Delay(5, CancellationToken.None);
            }
        }
    }
}
