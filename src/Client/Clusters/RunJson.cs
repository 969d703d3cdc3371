using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Clusters;

/// <summary>Runs and their parts as JSON objects.</summary>
internal static class RunJson
{
    /// <summary>A run of the index.</summary>
    public static object Of(RunSummary run) => new
    {
        Run = run.RunId,
        run.Name,
        Phase = RunWords.Of(run.Phase),
        run.CommittedSteps,
        run.TotalSteps,
        run.StartedAt,
        Out = run.OutputDirectory,
    };

    /// <summary>A run's status.</summary>
    public static object Of(RunSummary run, RunStatus status) => new
    {
        Run = run.RunId,
        run.Name,
        Phase = RunWords.Of(status.Phase),
        status.CommittedSteps,
        status.TotalSteps,
        Loss = status.Steps.LastOrDefault()?.Loss,
        View = status.View?.Version,
        status.TargetWorkers,
        Workers = status.Workers.Select(worker => new { worker.Key, worker.Silo, worker.Device, Stage = RunWords.Of(worker.Stage) }),
        status.RedoneSteps,
        status.DiscardedSteps,
        status.LastCheckpointStep,
        status.StartedAt,
        status.WeightsHash,
        Failure = status.Failure?.Message,
        Out = run.OutputDirectory,
    };

    /// <summary>An event.</summary>
    public static object Of(RunEventMessage one) => new
    {
        one.Sequence,
        one.Time,
        one.Step,
        one.View,
        Kind = RunWords.Of(one.Kind),
        one.Text,
        Seconds = one.Seconds > 0 ? one.Seconds : (double?)null,
    };
}
