using System.Diagnostics;
using NSft.Collectives;
using NSft.Training.Sessions;

namespace NSft.Training.Tests;

/// <summary>What a session tells of the first part of a step.</summary>
public class PreparedWorkTests
{
    [Theory]
    [InlineData(ObjectiveKind.Sft)]
    [InlineData(ObjectiveKind.Nsft)]
    [InlineData(ObjectiveKind.Dpo)]
    public void Prepare_SomeShards_CountsTheirSamplesAndDividesItsTime(ObjectiveKind objective)
    {
        using TrainingSession session = TinyRun.Open(TinyRun.Options with { Objective = objective });

        long begin = Stopwatch.GetTimestamp();
        session.Prepare(0, new ShardRange(0, 2), null, null, TestContext.Current.CancellationToken);
        TimeSpan whole = Stopwatch.GetElapsedTime(begin);

        PreparedWork work = session.Prepared;
        Assert.Equal(2, work.SampleCount);
        Assert.All([work.Plan, work.Forward, work.Backward, work.Quantise], part => Assert.True(part > TimeSpan.Zero, work.ToString()));
        Assert.True(work.Plan + work.Forward + work.Backward + work.Quantise <= whole, $"{work} in {whole}");
    }

    [Fact]
    public void Prepare_NoShards_HasNoPasses()
    {
        using TrainingSession session = TinyRun.Open(TinyRun.Options);

        session.Prepare(0, new ShardRange(0, 1), null, null, TestContext.Current.CancellationToken);
        session.Prepare(0, new ShardRange(0, 0), null, null, TestContext.Current.CancellationToken);

        Assert.Equal(0, session.Prepared.SampleCount);
        Assert.Equal(TimeSpan.Zero, session.Prepared.Forward + session.Prepared.Backward + session.Prepared.Quantise);
    }

    [Fact]
    public void PhaseClock_PhaseWithinAnother_CountsForItselfAlone_AndAllocatesNothing()
    {
        var clock = new PhaseClock();
        clock.Begin();
        long before = GC.GetAllocatedBytesForCurrentThread();
        clock.Enter(StepPhase.Backward);
        StepPhase outer = clock.Enter(StepPhase.Quantise);
        clock.Enter(outer);
        PreparedWork work = clock.End(1);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(StepPhase.Backward, outer);
        Assert.Equal(TimeSpan.Zero, work.Forward);
    }
}
