using NSft.Client.Clusters;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Tests.Clusters;

public sealed class RunMonitorTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Line_RunningRun_TellsAll()
    {
        RunMonitor monitor = new(_time);
        monitor.Take(Status(RunPhase.Running, 100, []));
        _time.Advance(TimeSpan.FromSeconds(10));
        monitor.Take(Status(RunPhase.Running, 120, [Step(119, 0.5, 1000)]));
        Assert.Equal("running 120/400 steps, loss 0.5000, 2 steps/s, 100 tokens/s, 1/3 workers (1 coming), view 7, 2m20s left", monitor.Line());
    }

    [Fact]
    public void Line_NothingCommitted_HasNoRate()
    {
        RunMonitor monitor = new(_time);
        monitor.Take(Status(RunPhase.Opening, 0, []));
        Assert.Equal("opening 0/400 steps, 1/3 workers (1 coming), view 7", monitor.Line());
    }

    [Fact]
    public void Take_LongRun_ForgetsTheRateOfLongAgo()
    {
        RunMonitor monitor = new(_time);
        for (int second = 0; second < 200; second++)
        {
            monitor.Take(Status(RunPhase.Running, Math.Min(100, second), []));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0, monitor.StepsPerSecond);
        Assert.Null(monitor.TimeLeft);
    }

    [Fact]
    public void Report_SameState_WritesRarelyAndAtOnceWhenTheViewChanges()
    {
        using StringWriter writer = new();
        LineReport report = new(writer, "run-1", new RunMonitor(_time), _time, TimeSpan.FromSeconds(5));
        for (int step = 0; step < 10; step++)
        {
            report.Take(Status(RunPhase.Running, step, []));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        report.Take(Status(RunPhase.Running, 10, [], view: 8));
        string[] lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("run-1: running ", line, StringComparison.Ordinal));
        Assert.Contains("view 8", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "5s")]
    [InlineData(65, "1m05s")]
    [InlineData(7260, "2h01m")]
    public void DurationText_Seconds_IsShort(int seconds, string expected) => Assert.Equal(expected, RunMonitor.DurationText(TimeSpan.FromSeconds(seconds)));

    private static StepMessage Step(int step, double loss, long tokens) => new(step, loss, 1, 1e-4, tokens, [], 7, 1);

    private static RunStatus Status(RunPhase phase, int committed, StepMessage[] steps, long view = 7) => new(
        phase, committed, 400, steps, new ViewMessage(view, 0, []), null, null, 0, 0, 0, 3,
        [new WorkerStatus("run-1/worker-0000", "a", 0, WorkerStage.Active), new WorkerStatus("run-1/worker-0001", "b", 0, WorkerStage.Joining)],
        0, -1, default);
}
