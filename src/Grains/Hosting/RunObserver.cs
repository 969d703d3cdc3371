using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Training;

namespace NSft.Grains.Hosting;

/// <summary>Follows one run to its end: writes each committed step to the log and tells it on.</summary>
/// <param name="run">The run.</param>
/// <param name="log">Receives the steps.</param>
/// <param name="progress">Told of phases and steps; null for nobody.</param>
internal sealed class RunObserver(IRunGrain run, StepLogWriter log, IProgress<RunProgress>? progress)
{
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
            var status = await run.WatchAsync(steps.Count, phase);
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

            // A started run without a phase has lost its coordinator together with the coordinator's state.
            if (phase.IsTerminal() || phase == RunPhase.None)
            {
                return status;
            }
        }
    }
}
