using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.ShardWorker;

namespace NSft.Grains.Tests.Exchange;

/// <summary>Workers that exchange sums of made-up gradients, and the totals as one thread computes them.</summary>
internal sealed class ExchangeWorld : IDisposable
{
    private const int ChunkBytes = 64 << 10;

    private readonly ReductionKind _kind;
    private readonly int _activeCount;

    internal ExchangeWorld(ReductionKind kind, int activeCount, int passiveCount = 0)
    {
        _kind = kind;
        _activeCount = activeCount;
        Workers = [.. Enumerable.Range(0, activeCount + passiveCount).Select(seat => new ExchangeWorker(seat, kind, Layout, ShardCount))];
        Plan = ReducePlan.Create(Layout, activeCount, Workers[0].Facts.BytesPerElement, ChunkBytes);
    }

    // Three blocks and a bit: ranges of different lengths, the last one short.
    internal static GradientLayout Layout { get; } = GradientLayout.Create([("a", 90_001), ("b", 110_000), ("c", 7)]);

    internal IReadOnlyList<ExchangeWorker> Workers { get; }

    internal ReducePlan Plan { get; }

    internal OptimizerStateMode Mode { get; init; }

    internal ExchangeTransport Transport { get; init; }

    internal WireFaults Faults { get; init; } = new();

    internal StepTicket Ticket { get; private set; } = new("run", 1, 0, 0);

    private int ShardCount => Math.Max(1, _activeCount);

    /// <summary>Lets all workers begin a try and compute.</summary>
    internal async Task BeginAsync(StepTicket? ticket = null)
    {
        Ticket = ticket ?? Ticket;
        foreach (var worker in Workers)
        {
            await BeginAsync(worker);
        }
    }

    /// <summary>Lets one worker begin the try and compute.</summary>
    internal async Task BeginAsync(ExchangeWorker worker)
    {
        var seats = new ExchangeSeats([.. Workers.Select(peer => new WirePeer(peer, Faults))], worker.Seat, _activeCount, Mode);
        await worker.BeginAsync(Ticket, seats, Transport, ChunkBytes);
        worker.Compute(Gradient(worker.Seat), Exponents());
    }

    /// <summary>Says of all workers' sums that they are final, and waits.</summary>
    internal async Task ReduceAsync()
    {
        foreach (var worker in Workers)
        {
            worker.Exchange!.Ready(Layout.Whole);
        }

        await Task.WhenAll(Workers.Select(worker => worker.EndAsync()));
    }

    /// <summary>The total of a range: the owner's sums, then its peers' in seat order.</summary>
    internal byte[] Expected(int owner)
    {
        var range = Plan.Owned(owner);
        using var total = Alone(owner);
        for (var peer = 0; peer < _activeCount; peer++)
        {
            if (peer != owner)
            {
                using var sums = Alone(peer);
                total.Sums.AddPartial(range, sums.Read(range));
            }
        }

        return total.Read(range);
    }

    public void Dispose()
    {
        foreach (var worker in Workers)
        {
            worker.Dispose();
        }
    }

    private ExchangeWorker Alone(int seat)
    {
        var worker = new ExchangeWorker(seat, _kind, Layout, ShardCount);
        worker.Compute(Gradient(seat), Exponents());
        return worker;
    }

    private int[] Exponents() => [.. Layout.Slices.Select(_ => Workers[0].Sums.DataBits == 0 ? 0 : 20)];

    private float[] Gradient(int seat)
    {
        var gradient = new float[Layout.Length];
        if (seat >= _activeCount)
        {
            return gradient;
        }

        var random = new Random((Ticket.Step * 100) + seat);
        foreach (var slice in Layout.Slices)
        {
            for (var i = 0; i < slice.Length; i++)
            {
                gradient[slice.Offset + i] = (float)(random.NextDouble() - 0.5);
            }
        }

        return gradient;
    }
}
