using System.Runtime.InteropServices;
using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.ShardWorker;
using NSft.Training.Sessions;

namespace NSft.Grains.Tests.Exchange;

/// <summary>A worker of an exchange: sums, weights, a thread, and turns as a grain has them.</summary>
internal sealed class ExchangeWorker : IExchangeSession, IDisposable
{
    private readonly TaskFactory _turns = new(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
    private readonly ChunkBuffers _buffers = new();

    internal ExchangeWorker(int seat, ReductionKind kind, GradientLayout layout, int shardCount)
    {
        Seat = seat;
        Sums = GradientAccumulator.Create(kind, layout, shardCount);
        Weights = new float[layout.Length];
        Facts = new SessionFacts(1, shardCount, Sums.DataBits, Sums.BytesPerElement, layout, "exchange");
        Thread = new ExchangeThread($"exchange {seat}", this);
    }

    public GradientAccumulator Sums { get; }

    public int NextStep { get; set; }

    internal int Seat { get; }

    internal SessionFacts Facts { get; }

    internal float[] Weights { get; }

    internal ExchangeThread Thread { get; }

    internal GradientExchange? Exchange { get; private set; }

    /// <summary>Begins a try, in a turn.</summary>
    internal Task BeginAsync(StepTicket ticket, ExchangeSeats seats, ExchangeTransport transport, int chunkBytes) => RunAsync(() =>
    {
        Exchange?.Abort("another try began");
        Exchange = new GradientExchange(ticket, seats, Thread, Facts, new ExchangeOptions(chunkBytes, _buffers, transport, ChunksInFlight: 2));
        return true;
    });

    /// <summary>Computes the worker's sums anew.</summary>
    internal void Compute(float[] gradient, int[] exponents)
    {
        Sums.Clear();
        for (var slice = 0; slice < exponents.Length; slice++)
        {
            var range = Facts.Layout.Slices[slice];
            Sums.Add(slice, gradient.AsSpan((int)range.Offset, range.Length), exponents[slice]);
        }
    }

    /// <summary>Answers a message as the worker's grain would.</summary>
    internal Task<AcceptOutcome> AcceptAsync(ParcelKind kind, ChunkMessage message) => RunAsync(() => Exchange is not { } exchange
        ? AcceptOutcome.Unknown
        : kind switch
        {
            ParcelKind.Partial => exchange.AcceptPartial(message),
            ParcelKind.Sum => exchange.AcceptSum(message),
            _ => exchange.AcceptWeights(message),
        });

    /// <summary>Waits for the exchange, from a turn.</summary>
    internal Task EndAsync() => _turns.StartNew(() => Exchange!.RunAsync(), TestContext.Current.CancellationToken).Unwrap();

    internal Task ShareWeightsAsync() => _turns.StartNew(() => Exchange!.ShareWeightsAsync(), TestContext.Current.CancellationToken).Unwrap();

    internal Task<T> RunAsync<T>(Func<T> turn) => _turns.StartNew(turn, TestContext.Current.CancellationToken);

    /// <summary>The worker's sums of a range, as they travel.</summary>
    internal byte[] Read(ElementRange range)
    {
        var bytes = new byte[range.Length * Sums.BytesPerElement];
        Sums.CopyTo(range, bytes);
        return bytes;
    }

    public int ReadState(StateParts parts, ElementRange range, Span<byte> destination)
    {
        MemoryMarshal.AsBytes(Weights.AsSpan((int)range.Offset, (int)range.Length)).CopyTo(destination);
        return NextStep;
    }

    public bool WriteState(int step, StateParts parts, ElementRange range, ReadOnlySpan<byte> source)
    {
        source.CopyTo(MemoryMarshal.AsBytes(Weights.AsSpan((int)range.Offset, (int)range.Length)));
        return step == NextStep;
    }

    public void Dispose()
    {
        Thread.Dispose();
        Sums.Dispose();
    }
}
