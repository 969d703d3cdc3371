using NSft.Grains.Hosting;
using NSft.Grains.Tests.Sampling;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Instruments;

/// <summary>What is measured of steps. Alone: instruments are the process's.</summary>
[Collection(AloneTests.Name)]
public sealed class StepInstrumentsTests
{
    private static readonly string[] WorkerPhases = ["plan", "forward", "backward", "quantise", "reduce", "vote", "commit"];

    [Fact]
    public async Task Training_OfTwoWorkers_MeasuresEveryPhaseOfEveryStep()
    {
        using var tiny = new TinyRun();
        using var readings = new Readings();
        await using var cluster = await LocalCluster.StartAsync(2, TestContext.Current.CancellationToken);

        var outcome = await new RunClient(cluster.Client).TrainAsync(
            tiny.Options(), tiny.At("out"), 2, cancellationToken: TestContext.Current.CancellationToken);

        var steps = outcome.Steps.Count;
        Assert.Equal(steps, readings.Recorded("nsft.step.duration{phase=total}").Count);
        Assert.All(WorkerPhases, phase => Assert.Equal(2 * steps, readings.Recorded($"nsft.step.duration{{phase={phase}}}").Count));
        Assert.All(["forward", "backward", "quantise", "commit"], phase => Assert.All(
            readings.Recorded($"nsft.step.duration{{phase={phase}}}"), seconds => Assert.True(seconds > 0, phase)));

        // What workers did one after the other is not more than both had.
        var parts = WorkerPhases.Sum(phase => readings.Recorded($"nsft.step.duration{{phase={phase}}}").Sum());
        Assert.InRange(parts, 0, 2 * readings.Recorded("nsft.step.duration{phase=total}").Sum());
    }

    [Fact]
    public async Task Training_OfTwoWorkers_CountsStepsSamplesTokensAndBytes()
    {
        using var tiny = new TinyRun();
        using var readings = new Readings();
        await using var cluster = await LocalCluster.StartAsync(2, TestContext.Current.CancellationToken);

        var outcome = await new RunClient(cluster.Client).TrainAsync(
            tiny.Options(), tiny.At("out"), 2, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(outcome.Steps.Count, readings.Growth("nsft.step.committed"));
        Assert.Equal(1, readings.Growth("nsft.step.discarded{reason=exponents}"));
        Assert.Equal(outcome.Steps.Sum(step => step.Tokens), readings.Growth("nsft.tokens"));

        // Five rows, three a step: an epoch's last step takes the two that are left.
        Assert.Equal(3 + 2 + 3, readings.Growth("nsft.samples"));
        Assert.Equal(2, readings.Growth("nsft.worker.joins"));
        await readings.GrownAsync("nsft.run.ended{outcome=completed}", 1);

        // Each of the two gives the other its partial sums of one half, and the total of the other half: four bytes an element.
        var perStep = readings.Growth("nsft.reduce.bytes") / outcome.Steps.Count;
        Assert.True(perStep > 0 && perStep % (2 * sizeof(int)) == 0, $"{perStep} bytes");
    }

    [Theory]
    [InlineData("spike", "exponents", 2)]
    [InlineData("no", "voted_no", 1)]
    [InlineData("throw", "worker_failed", 1)]
    public async Task Run_TryGivenUp_IsCountedByItsReason(string fault, string reason, int count)
    {
        using var readings = new Readings();
        var faults = fault switch
        {
            "spike" => new FaultPlan().Spike(2),
            "no" => new FaultPlan().VoteNo(1, 2, times: 1),
            _ => new FaultPlan().ThrowInPrepare(1, 2),
        };
        await using var cluster = await ScriptedCluster.StartAsync(2, faults);

        await cluster.TrainAsync(2);

        Assert.Equal(count, readings.Growth($"nsft.step.discarded{{reason={reason}}}"));
        Assert.Equal(fault == "throw" ? 1 : 0, readings.Growth("nsft.worker.deaths{reason=failed}"));
    }
}
