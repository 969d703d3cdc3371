using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Tests.Run;

public sealed class RunClockTests
{
    private readonly HandClock _time = new();

    [Fact]
    public void TakePassed_BeforeAndAfterTheLimit_TellsTheStageOnce()
    {
        var clock = new RunClock(_time, stepDeadlineSeconds: 2);
        clock.Begin(new RunCommand.Deadline(5, StageKind.Preparing));
        _time.Advance(1.9);
        Assert.Null(clock.TakePassed());

        _time.Advance(0.2);

        Assert.Equal(5, clock.TakePassed());
        Assert.Null(clock.TakePassed());
    }

    [Fact]
    public void TakePassed_AnotherStageHasBegun_CountsFromThere()
    {
        var clock = new RunClock(_time, stepDeadlineSeconds: 2);
        clock.Begin(new RunCommand.Deadline(5, StageKind.Preparing));
        _time.Advance(1.5);
        clock.Begin(new RunCommand.Deadline(6, StageKind.Reducing));
        _time.Advance(1.5);

        Assert.Null(clock.TakePassed());
        _time.Advance(1);
        Assert.Equal(6, clock.TakePassed());
    }

    [Fact]
    public void CommitStep_FirstOneAfterALoss_TellsHowLongItTook()
    {
        var clock = new RunClock(_time, stepDeadlineSeconds: 0);
        clock.Note(RunEventKind.WorkerLost);
        _time.Advance(1);
        clock.Note(RunEventKind.WorkerEvicted);
        _time.Advance(2);

        Assert.Equal(TimeSpan.FromSeconds(3), clock.CommitStep());
        Assert.Null(clock.CommitStep());
    }

    [Fact]
    public void Deadline_Automatic_IsTenTimesTheSlowestOfTheLastStepsButNotShort()
    {
        var deadline = new StepDeadline(0);
        Assert.Equal(TimeSpan.FromMinutes(10), deadline.Of(StageKind.Preparing));
        deadline.Add(TimeSpan.FromSeconds(1));
        deadline.Add(TimeSpan.FromSeconds(9));

        Assert.Equal(TimeSpan.FromSeconds(90), deadline.Of(StageKind.Reducing));
        deadline.Renew();
        Assert.Equal(TimeSpan.FromMinutes(10), deadline.Of(StageKind.Reducing));
        for (var step = 0; step < 20; step++)
        {
            deadline.Add(TimeSpan.FromSeconds(0.1));
        }

        Assert.Equal(TimeSpan.FromSeconds(30), deadline.Of(StageKind.Committing));
    }

    [Fact]
    public void Deadline_GivenByTheUser_HoldsForPartsOfAStepAlone()
    {
        var deadline = new StepDeadline(3);

        Assert.Equal(TimeSpan.FromSeconds(3), deadline.Of(StageKind.Committing));
        Assert.True(deadline.Of(StageKind.Seating) > TimeSpan.FromMinutes(1));
    }

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        internal void Advance(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
