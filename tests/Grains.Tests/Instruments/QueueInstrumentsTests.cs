using NSft.Grains.Contracts.Messages;
using NSft.Grains.Instruments;
using NSft.Grains.Jobs;
using NSft.Grains.Tests.Sampling;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Instruments;

/// <summary>What waits. Alone: instruments are the process's.</summary>
[Collection(AloneTests.Name)]
public sealed class QueueInstrumentsTests
{
    [Fact]
    public void WantedWorkers_OfTwoRuns_AddUpUntilTheRunsLeave()
    {
        using var readings = new Readings();
        var first = new RunGauges(TimeProvider.System);
        using var second = new RunGauges(TimeProvider.System);
        first.Show(new RunReading { WantedWorkers = 3 });
        second.Show(new RunReading { WantedWorkers = 2, Phase = RunPhase.Waiting });
        Assert.Equal(5, readings.Scrape()["nsft.queue.depth{queue=workers}"]);
        Assert.Equal(1, readings.Scrape()["nsft.run.phase{phase=waiting,run=1}"]);

        first.Dispose();

        Assert.Equal(2, readings.Scrape()["nsft.queue.depth{queue=workers}"]);
        Assert.False(readings.Scrape().ContainsKey("nsft.run.phase{phase=waiting,run=0}"));
    }

    [Fact]
    public async Task Requests_BeyondTheSlots_WaitUntilTheyGoOrGiveUp()
    {
        using var readings = new Readings();
        using var stopping = new CancellationTokenSource();

        // What a silo that crashed in another test left waiting.
        var before = readings.Scrape()["nsft.queue.depth{queue=requests}"];
        var slots = new RequestSlots(() => 1);
        var taken = await slots.TakeAsync(TestContext.Current.CancellationToken);
        var next = slots.TakeAsync(TestContext.Current.CancellationToken);
        var given = slots.TakeAsync(stopping.Token);
        Assert.Equal(before + 2, readings.Scrape()["nsft.queue.depth{queue=requests}"]);

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        taken.Dispose();
        (await next).Dispose();

        Assert.Equal(before, readings.Scrape()["nsft.queue.depth{queue=requests}"]);
    }

    [Fact]
    public void Idle_CountsFromTheLastCommitOrPhase()
    {
        var time = new ManualTime();
        using var gauges = new RunGauges(time);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(5, gauges.IdleSeconds);

        gauges.Show(new RunReading { Phase = RunPhase.Running });
        time.Advance(TimeSpan.FromSeconds(2));
        gauges.Show(gauges.Reading with { ViewVersion = 4 });
        Assert.Equal(2, gauges.IdleSeconds);

        gauges.Show(new StepMessage(6, 0.5, 1, 1e-4, 10, [], 4, 1));
        Assert.Equal(0, gauges.IdleSeconds);
        Assert.Equal(7, gauges.Reading.CommittedSteps);
    }

    [Fact]
    public void CheckpointAge_OfATakenUpRun_CountsFromItsLastCheckpoint()
    {
        var time = new ManualTime();
        using var gauges = new RunGauges(time);
        Assert.Null(gauges.CheckpointAgeSeconds);

        gauges.ShowCheckpoint(time.GetUtcNow() - TimeSpan.FromMinutes(3));
        time.Advance(TimeSpan.FromSeconds(20));

        Assert.InRange(gauges.CheckpointAgeSeconds!.Value, 200, 260);
    }

    [Fact]
    public void DeviceMemory_TableOfTheDriver_IsReadByLine()
    {
        var measured = DeviceMemory.Parse("0, 1024, 81559\n1, [N/A], 81559\nno devices were found\n");

        Assert.Equal(["cuda:0 used 1073741824", "cuda:0 total 85520809984"], measured.Select(one =>
            $"{one.Tags[0].Value} {one.Tags[1].Value} {one.Value:F0}"));
    }
}
