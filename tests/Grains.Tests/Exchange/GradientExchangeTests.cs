using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.ShardWorker;

namespace NSft.Grains.Tests.Exchange;

public class GradientExchangeTests
{
    public static TheoryData<ReductionKind, int, ExchangeTransport> Kinds => new(
        from kind in Enum.GetValues<ReductionKind>()
        from workers in new[] { 1, 2, 3, 5 }
        from transport in Enum.GetValues<ExchangeTransport>()
        select (kind, workers, transport));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Exchange_OfAnyKind_GivesEveryoneTheTotals(ReductionKind kind, int workers, ExchangeTransport transport)
    {
        using var world = new ExchangeWorld(kind, workers) { Transport = transport };
        await world.BeginAsync();

        await world.ReduceAsync();

        AssertTotals(world, world.Workers);
        var isShared = transport == ExchangeTransport.Auto && workers > 1;
        Assert.All(world.Faults.Seen, seen => Assert.Equal(isShared, seen.Message.Shared is not null));
    }

    [Theory]
    [InlineData(ExchangeTransport.Auto, 1)]
    [InlineData(ExchangeTransport.Auto, 2)]
    [InlineData(ExchangeTransport.Messages, 3)]
    [InlineData(ExchangeTransport.Messages, 4)]
    public async Task Exchange_OfRepeatedReorderedAndUnknownMessages_AddsEachOnce(ExchangeTransport transport, int seed)
    {
        using var world = new ExchangeWorld(ReductionKind.Fp32, 3)
        {
            Transport = transport,
            Faults = new WireFaults { IsRepeating = true, IsSlowToBegin = true, Seed = seed },
        };
        await world.BeginAsync();

        await world.ReduceAsync();

        AssertTotals(world, world.Workers);
    }

    [Fact]
    public async Task Exchange_WhosePeersCannotSeeTheMemory_SendsTheElements()
    {
        using var world = new ExchangeWorld(ReductionKind.Exact, 3) { Faults = new WireFaults { IsBlind = true } };
        await world.BeginAsync();

        await world.ReduceAsync();

        AssertTotals(world, world.Workers);
        Assert.Contains(world.Faults.Seen, seen => seen.Message.Shared is not null);
        Assert.Contains(world.Faults.Seen, seen => seen.Message.Shared is null);
    }

    [Fact]
    public async Task Exchange_OfStepAfterStep_ReusesMemoryWithoutMixing()
    {
        using var world = new ExchangeWorld(ReductionKind.Exact, 3) { Transport = ExchangeTransport.Messages };
        for (var step = 0; step < 4; step++)
        {
            await world.BeginAsync(new StepTicket("run", 1, step, 0));
            await world.ReduceAsync();
            AssertTotals(world, world.Workers);
        }
    }

    [Fact]
    public async Task Ready_InPieces_SendsWhatIsCovered()
    {
        using var world = new ExchangeWorld(ReductionKind.Exact, 2);
        await world.BeginAsync();
        var first = world.Workers[0];
        var middle = ExchangeWorld.Layout.Length / 2;

        first.Exchange!.Ready(new ElementRange(middle, ExchangeWorld.Layout.Length - middle));
        await first.RunAsync(() => true);

        Assert.Contains(world.Faults.Seen, seen => seen.Kind == ParcelKind.Partial);
        Assert.All(world.Faults.Seen, seen => Assert.Equal(1, seen.Receiver));
        first.Exchange!.Ready(new ElementRange(0, middle));
        world.Workers[1].Exchange!.Ready(ExchangeWorld.Layout.Whole);
        await Task.WhenAll(world.Workers.Select(worker => worker.EndAsync()));
        AssertTotals(world, world.Workers);
    }

    [Fact]
    public async Task Exchange_WithPassiveSeats_GivesThemTotalsAndAsksNothing()
    {
        using var world = new ExchangeWorld(ReductionKind.Exact, 2, passiveCount: 1);
        await world.BeginAsync();

        await world.ReduceAsync();

        AssertTotals(world, world.Workers);
        Assert.DoesNotContain(world.Faults.Seen, seen => seen.Message.Sender == 2);
        Assert.DoesNotContain(world.Faults.Seen, seen => seen.Receiver == 2 && seen.Kind == ParcelKind.Partial);
    }

    [Fact]
    public async Task Exchange_WhosePassiveSeatIsSilent_EndsWithoutIt()
    {
        using var world = new ExchangeWorld(ReductionKind.Exact, 2, passiveCount: 1);
        world.Faults.Hold(2);
        await world.BeginAsync();
        world.Workers[0].Exchange!.Ready(ExchangeWorld.Layout.Whole);
        world.Workers[1].Exchange!.Ready(ExchangeWorld.Layout.Whole);

        await Task.WhenAll(world.Workers.Take(2).Select(worker => worker.EndAsync()));

        AssertTotals(world, world.Workers.Take(2));
    }

    [Fact]
    public async Task Exchange_OfSlicedState_SendsTotalsToTheBuddyAndWeightsToTheOthers()
    {
        using var world = new ExchangeWorld(ReductionKind.Exact, 3) { Mode = OptimizerStateMode.Zero1 };
        await world.BeginAsync();
        await world.ReduceAsync();
        for (var owner = 0; owner < 3; owner++)
        {
            var range = world.Plan.Owned(owner);
            Assert.Equal(world.Expected(owner), world.Workers[owner].Read(range));
            Assert.Equal(world.Expected(owner), world.Workers[(owner + 1) % 3].Read(range));
            Assert.Equal([range], world.Workers[(owner + 1) % 3].Sums.Received.Order(Comparer).Aggregate(RangeSet.Empty, Join).Ranges);
            Array.Fill(world.Workers[owner].Weights, 1 + owner, (int)range.Offset, (int)range.Length);
        }

        // Workers 1 and 2 have committed; worker 0 comes last and is asked until then.
        world.Workers[1].NextStep = 1;
        world.Workers[2].NextStep = 1;
        Task[] sharing = [world.Workers[1].ShareWeightsAsync(), world.Workers[2].ShareWeightsAsync()];
        world.Workers[0].NextStep = 1;
        await Task.WhenAll([.. sharing, world.Workers[0].ShareWeightsAsync()]);

        for (var owner = 0; owner < 3; owner++)
        {
            var range = world.Plan.Owned(owner);
            var other = world.Workers[(owner + 2) % 3].Weights.AsSpan((int)range.Offset, (int)range.Length).ToArray();
            Assert.All(other, weight => Assert.Equal(1 + owner, weight));
        }

        static RangeSet Join(RangeSet set, ElementRange range) => set.Union(RangeSet.Of(range));
    }

    private static Comparer<ElementRange> Comparer { get; } = Comparer<ElementRange>.Create((a, b) => a.Offset.CompareTo(b.Offset));

    [Fact]
    public async Task Abort_OfAWaitingExchange_TellsTheReason()
    {
        using var world = new ExchangeWorld(ReductionKind.Exact, 2);
        await world.BeginAsync();
        world.Workers[0].Exchange!.Ready(ExchangeWorld.Layout.Whole);
        var end = world.Workers[0].EndAsync();

        Assert.Equal([1], await world.Workers[0].RunAsync(() => world.Workers[0].Exchange!.Missing));
        await world.Workers[0].RunAsync(() =>
        {
            world.Workers[0].Exchange!.Abort("view 2 came");
            return true;
        });

        Assert.Equal("view 2 came", (await Assert.ThrowsAsync<InvalidOperationException>(() => end)).Message);
    }

    [Fact]
    public async Task Accept_OfAnotherTicket_ChangesNothing()
    {
        using var world = new ExchangeWorld(ReductionKind.Exact, 2);
        await world.BeginAsync(new StepTicket("run", 3, 5, 1));
        var payload = new byte[world.Plan.Chunks(0)[0].Range.Length * sizeof(int)];

        async Task<AcceptOutcome> Offer(StepTicket ticket) =>
            await world.Workers[0].AcceptAsync(ParcelKind.Partial, new ChunkMessage(ticket, 1, 0, 0, payload));

        Assert.Equal(AcceptOutcome.Stale, await Offer(new StepTicket("run", 3, 5, 0)));
        Assert.Equal(AcceptOutcome.Stale, await Offer(new StepTicket("run", 2, 5, 1)));
        Assert.Equal(AcceptOutcome.Unknown, await Offer(new StepTicket("run", 3, 6, 0)));
        Assert.Equal(AcceptOutcome.Accepted, await Offer(new StepTicket("run", 3, 5, 1)));
    }

    [Fact]
    public async Task Exchange_WhosePeerGivesItsSumsUp_DoesNotTakeWhatLiesThereNow()
    {
        using var world = new ExchangeWorld(ReductionKind.Exact, 2);
        await world.BeginAsync();
        using var hold = new ManualResetEventSlim();
        world.Workers[0].Thread.TryQueue(() => hold.Wait(TestContext.Current.CancellationToken));
        world.Workers[1].Exchange!.Ready(ExchangeWorld.Layout.Whole);
        world.Workers[0].Exchange!.Ready(ExchangeWorld.Layout.Whole);
        var end = world.Workers[0].EndAsync();
        while (world.Faults.Seen.All(seen => seen.Receiver != 0))
        {
            await Task.Yield();
        }

        // The other worker is told to redo the step: its memory is emptied before worker 0 has read it.
        world.Workers[1].Sums.Clear();
        hold.Set();

        await Assert.ThrowsAsync<InvalidOperationException>(() => end);
        Assert.DoesNotContain(world.Faults.Seen, seen => seen.Kind == ParcelKind.Sum && seen.Message.Sender == 0);
    }

    [Fact]
    public async Task Exchange_OfManyChunks_KeepsFewInFlight()
    {
        using var world = new ExchangeWorld(ReductionKind.Exact64, 2) { Transport = ExchangeTransport.Messages, Faults = new WireFaults { Seed = 5 } };
        await world.BeginAsync();

        await world.ReduceAsync();

        Assert.InRange(world.Faults.MostUnderway, 1, 2);
        Assert.True(world.Faults.Seen.Count > 20);
    }

    private static void AssertTotals(ExchangeWorld world, IEnumerable<ExchangeWorker> workers)
    {
        for (var owner = 0; owner < world.Plan.WorkerCount; owner++)
        {
            var expected = world.Expected(owner);
            Assert.All(workers, worker => Assert.Equal(expected, worker.Read(world.Plan.Owned(owner))));
        }
    }
}
