using System.Diagnostics;
using NSft.Collectives;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.ShardWorker;
using Orleans.Placement;

namespace NSft.Grains.Benchmarks;

/// <summary>Exchanges made-up sums by the workers' own exchange.</summary>
[GrainType("nsft.exchange-bench"), KeepAlive, Immovable]
internal sealed class ExchangeBenchGrain : Grain, IExchangeBenchGrain, IDisposable
{
    private ExchangeBenchRequest? _request;
    private BenchSums? _sums;
    private ExchangeThread? _thread;
    private ExchangeOptions? _options;
    private GradientExchange? _exchange;

    /// <inheritdoc/>
    public Task OpenAsync(ExchangeBenchRequest request)
    {
        Dispose();
        _request = request;
        _sums = new BenchSums(request.Elements);
        _thread = new ExchangeThread($"nsft {this.GetPrimaryKeyString()}", _sums);
        _options = new ExchangeOptions(
            request.ChunkBytes, new ChunkBuffers(), request.MessagesOnly ? ExchangeTransport.Messages : ExchangeTransport.Auto);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task FillAsync(StepTicket ticket)
    {
        var request = _request!;
        var sums = _sums!;
        var peers = request.Workers.Select(key => new BenchPeer(GrainFactory.GetGrain<IExchangeBenchGrain>(key)));
        var seats = new ExchangeSeats([.. peers], request.Seat, request.Workers.Length, OptimizerStateMode.Replicated);
        _exchange?.Abort("another exchange began");
        _exchange = new GradientExchange(ticket, seats, _thread!, sums.Facts, _options!);
        await Task.Run(() => sums.Fill(request.Seat));
    }

    /// <inheritdoc/>
    public async Task<double> RunAsync(StepTicket ticket)
    {
        var begin = Stopwatch.GetTimestamp();
        _exchange!.Ready(_sums!.Layout.Whole);
        await _exchange.RunAsync();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <inheritdoc/>
    public Task<bool> CheckAsync()
    {
        var sums = _sums!;
        var count = _request!.Workers.Length;
        return Task.Run(() => sums.IsTotal(count));
    }

    /// <inheritdoc/>
    public Task<AcceptOutcome> AcceptPartialAsync(ChunkMessage chunk) => Task.FromResult(_exchange?.AcceptPartial(chunk) ?? AcceptOutcome.Unknown);

    /// <inheritdoc/>
    public Task<AcceptOutcome> AcceptSumAsync(ChunkMessage chunk) => Task.FromResult(_exchange?.AcceptSum(chunk) ?? AcceptOutcome.Unknown);

    /// <inheritdoc/>
    public void Dispose()
    {
        _exchange?.Abort("the bench has ended");
        _exchange = null;
        _thread?.Dispose();
        _sums?.Dispose();
    }
}
