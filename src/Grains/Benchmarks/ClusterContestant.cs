using System.Diagnostics;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.ShardWorker;
using Orleans.Runtime.Placement;

namespace NSft.Grains.Benchmarks;

/// <summary>Our exchange, one worker in each silo process.</summary>
internal sealed class ClusterContestant : IAllReduceContestant
{
    private const int WarmUp = 2;

    private readonly BenchCluster _cluster;
    private readonly ExchangeTransport _transport;
    private readonly string[] _keys;
    private readonly IExchangeBenchGrain[] _workers;
    private long _bytes;
    private int _step;

    private ClusterContestant(BenchCluster cluster, int count, ExchangeTransport transport)
    {
        _cluster = cluster;
        _transport = transport;
        _keys = [.. Enumerable.Range(0, count).Select(seat => $"bench/{seat}")];
        _workers = [.. _keys.Select(key => cluster.Client.GetGrain<IExchangeBenchGrain>(key))];
    }

    public string Name => _transport == ExchangeTransport.Messages ? "NSft messages" : "NSft";

    /// <summary>Starts the processes.</summary>
    internal static async Task<ClusterContestant> StartAsync(
        int count, ExchangeTransport transport, Func<string, ProcessStartInfo> silo, CancellationToken cancellation) =>
        new(await BenchCluster.StartAsync(count, silo, cancellation), count, transport);

    public async Task<double> RunAsync(long bytes, CancellationToken cancellation)
    {
        if (bytes != _bytes)
        {
            await OpenAsync(bytes);
            for (var repeat = 0; repeat < WarmUp; repeat++)
            {
                await ReduceAsync();
            }
        }

        var seconds = await ReduceAsync();
        return (await Task.WhenAll(_workers.Select(worker => worker.CheckAsync()))).All(isRight => isRight)
            ? seconds
            : throw new InvalidOperationException($"{Name}: a sum of {bytes} bytes is wrong");
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private async Task OpenAsync(long bytes)
    {
        _bytes = bytes;
        for (var seat = 0; seat < _workers.Length; seat++)
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, _cluster.Silos[seat]);
            try
            {
                await _workers[seat].OpenAsync(new ExchangeBenchRequest(
                    _keys, seat, bytes / sizeof(int), RunRequest.DefaultChunkBytes, _transport == ExchangeTransport.Messages));
            }
            finally
            {
                RequestContext.Remove(IPlacementDirector.PlacementHintKey);
            }
        }
    }

    private async Task<double> ReduceAsync()
    {
        var ticket = new StepTicket("bench", 1, _step++, 0);
        await Task.WhenAll(_workers.Select(worker => worker.FillAsync(ticket)));
        return (await Task.WhenAll(_workers.Select(worker => worker.RunAsync(ticket)))).Max();
    }
}
