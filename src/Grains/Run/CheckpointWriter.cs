using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Training.Checkpoints;

namespace NSft.Grains.Run;

/// <summary>Has the workers of a view write their parts of a checkpoint, then completes it: manifest last, one rename.</summary>
/// <param name="runId">The run.</param>
/// <param name="request">What is trained, and how many checkpoints are kept.</param>
/// <param name="calls">Reaches the workers.</param>
/// <param name="time">The clock.</param>
internal sealed class CheckpointWriter(string runId, RunRequest request, WorkerCalls calls, TimeProvider time)
{
    private readonly CheckpointStore? _store =
        request.Elastic?.ResolveCheckpointDirectory() is { } directory ? new CheckpointStore(directory) : null;

    /// <summary>Looks for the newest checkpoint that is whole and of this plan.</summary>
    /// <param name="planHash">Hash of the plan; null when no worker has opened yet.</param>
    internal Task<RunEvent> FindAsync(string? planHash) => Task.Run<RunEvent>(() =>
    {
        if (_store is null)
        {
            return new RunEvent.CheckpointFound(null, 0, null, []);
        }

        var found = _store.FindNewestWhole(planHash, out var problems);
        return new RunEvent.CheckpointFound(found?.Directory, found?.Manifest.Step ?? 0, found?.Manifest.NextExponents, problems);
    });

    /// <summary>Writes a checkpoint.</summary>
    internal async Task<RunEvent> WriteAsync(RunCommand.WriteCheckpoint command, PlanFacts plan)
    {
        try
        {
            await Task.Run(_store!.CleanStaging);
            var staging = await Task.Run(() => _store.Begin(command.Step));
            var checkpoint = new CheckpointRequest(runId, command.Version, command.Step, staging);
            var files = await Task.WhenAll(command.Workers.Select(worker => calls.CheckpointAsync(worker, checkpoint)));
            if (Array.Find(files, file => file.Failure is not null) is { } failed)
            {
                await Task.Run(() => CheckpointStore.Abandon(staging));
                return new RunEvent.CheckpointWritten(command.Step, failed.Failure!.Message);
            }

            await Task.Run(() =>
            {
                _store.Complete(staging, Manifest(command, plan, files));
                _store.Prune(request.Elastic!.KeepCheckpoints);
            });
            return new RunEvent.CheckpointWritten(command.Step, null, files.Sum(file => file.Bytes));
        }
        catch (Exception exception) when (exception is UserInputException or IOException or UnauthorizedAccessException)
        {
            return new RunEvent.CheckpointWritten(command.Step, exception.Message);
        }
    }

    private CheckpointManifest Manifest(RunCommand.WriteCheckpoint command, PlanFacts plan, IEnumerable<CheckpointFileReport> files) => new()
    {
        Step = command.Step,
        PlanHash = plan.PlanHash,
        LayoutHash = plan.LayoutHash,
        WrittenAt = time.GetUtcNow(),
        OptionsJson = request.OptionsJson,
        NextExponents = command.NextExponents,
        Files = [.. files.Where(file => file.Name.Length > 0).Select(file =>
            new CheckpointFile(file.Name, file.Range.ToRange(), file.Bytes, file.Sha256))],
    };
}
