using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Training;

namespace NSft.Grains.Hosting;

/// <summary>Follows one run to its end: writes each committed step to the log and tells it on.</summary>
/// <remarks>A call that fails because a silo is gone is made again: the run's coordinator comes to life on another one.</remarks>
/// <param name="run">The run.</param>
/// <param name="log">Receives the steps.</param>
/// <param name="progress">Told of phases and steps; null for nobody.</param>
internal sealed class RunObserver(IRunGrain run, StepLogWriter log, IProgress<RunProgress>? progress)
{
    private const int MostFailures = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Follows the run.</summary>
    /// <param name="steps">Receives the steps.</param>
    /// <param name="cancellationToken">Cancels the run; its end is still waited for, so that no worker writes afterwards.</param>
    /// <returns>The run's last status.</returns>
    internal async Task<RunStatus> FollowAsync(List<StepRecord> steps, CancellationToken cancellationToken)
    {
        var phase = RunPhase.None;
        await using var registration = cancellationToken.Register(() => _ = run.CancelAsync());
        while (true)
        {
            // By number, not by count: a resumed run begins in the middle.
            var status = await WatchAsync(steps is [.., var last] ? last.Step + 1 : 0, phase);
            foreach (var step in status.Steps)
            {
                var record = StepRecords.From(step);
                steps.Add(record);
                await log.WriteAsync(record);
                progress?.Report(new RunProgress(status.Phase, status.TotalSteps, record));
            }

            if (status.Phase != phase)
            {
                phase = status.Phase;
                progress?.Report(new RunProgress(phase, status.TotalSteps, null));
            }

            // A started run without a phase has lost its coordinator together with the storage.
            if (phase.IsTerminal() || phase == RunPhase.None)
            {
                return status;
            }
        }
    }

    private async Task<RunStatus> WatchAsync(int knownSteps, RunPhase knownPhase)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await run.WatchAsync(knownSteps, knownPhase);
            }
            catch (Exception exception) when (failures < MostFailures && Failures.IsLostCall(exception))
            {
                await Task.Delay(Pause);
            }
        }
    }
}
