using System.Globalization;
using NSft.Collectives;

namespace NSft.Grains.Tests.Simulation;

/// <summary>
/// The coordinator's state machine and the workers' protocol over simulated networks: delayed, duplicated, reordered and lost messages,
/// processes that die or freeze anywhere, two coordinators at once, joins, drains, scaling, pauses, checkpoints.
/// </summary>
/// <remarks>
/// <c>NSFT_SIMULATION_SEED</c> runs one schedule and prints it whole; <c>NSFT_SIMULATION_COUNT</c> sets how many are run. A failure
/// tells the seed, what does not hold, and the end of the schedule.
/// </remarks>
public sealed class SimulatedRunTests
{
    private const int DefaultCount = 2000;
    private const int PrintedLines = 120;

    private static readonly int Count = Read("NSFT_SIMULATION_COUNT") ?? DefaultCount;

    [Fact]
    public void Run_AnySchedule_EndsWithTheBitsOfTheUndisturbedRun()
    {
        if (Read("NSFT_SIMULATION_SEED") is { } seed)
        {
            var outcome = SimRun.Execute(SimSchedule.Of(seed), isTracing: true);
            TestContext.Current.SendDiagnosticMessage(string.Join('\n', outcome.Trace));
            Assert.True(outcome.Problem is null, Describe(SimSchedule.Of(seed), outcome.Trace.Count));
            return;
        }

        for (var next = 1; next <= Count; next++)
        {
            Check(SimSchedule.Of(next));
        }
    }

    [Fact]
    public void Run_NothingGoesWrong_CommitsEachStepInOneView()
    {
        var outcome = Check(new SimSchedule { Seed = 1, Incidents = 0 });

        Assert.Equal(0, outcome.RolledBack);
    }

    [Fact]
    public void Run_CrashesButReplicatedStateAndNoLoss_NeverGoesBack()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            // One death at a time among three that hold everything.
            var outcome = Check(new SimSchedule { Seed = seed, CrashRate = 0.002, CrashBudget = 1, Silos = 3, Steps = 6 });

            Assert.Equal(0, outcome.RolledBack);
        }
    }

    [Fact]
    public void Run_OneDeathWithSlicedState_NeverGoesBack()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            // Every slice is held twice, so that one death loses none, wherever it strikes.
            var outcome = Check(new SimSchedule
            {
                Seed = seed,
                Mode = OptimizerStateMode.Zero1,
                CrashRate = 0.002,
                CrashBudget = 1,
                Silos = 4,
                TargetWorkers = 4,
                Steps = 6,
            });

            Assert.Equal(0, outcome.RolledBack);
        }
    }

    private static SimOutcome Check(SimSchedule schedule)
    {
        var outcome = SimRun.Execute(schedule);
        Assert.True(outcome.Problem is null, outcome.Problem is null ? null : Describe(schedule, PrintedLines));
        return outcome;
    }

    /// <summary>The same schedule again, told line by line.</summary>
    private static string Describe(SimSchedule schedule, int lines)
    {
        var outcome = SimRun.Execute(schedule, isTracing: true);
        return $"seed {schedule.Seed}: {outcome.Problem}\n{string.Join('\n', outcome.Trace.TakeLast(lines))}";
    }

    private static int? Read(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}
