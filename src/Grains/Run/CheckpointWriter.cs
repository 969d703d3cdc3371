using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Training.Checkpoints;

namespace NSft.Grains.Run;

/// <summary>Has the workers of a view write their parts of a checkpoint, then completes it: manifest last.</summary>
/// <param name="runId">The run.</param>
/// <param name="request">What is trained, and how many checkpoints are kept.</param>
/// <param name="store">Where they go; null for a run that keeps none.</param>
/// <param name="calls">Reaches the workers.</param>
/// <param name="time">The clock.</param>
internal sealed class CheckpointWriter(string runId, RunRequest request, ICheckpointStore? store, WorkerCalls calls, TimeProvider time)
{
    /// <summary>Copies that a worker has memory for.</summary>
    private const int CopyLimit = 2;

    private readonly List<int> _waiting = [];

    /// <summary>Looks for the newest checkpoint that is whole and of this plan.</summary>
    /// <param name="planHash">Hash of the plan; null when no worker has opened yet.</param>
    internal async Task<RunEvent> FindAsync(string? planHash)
    {
        if (store is null)
        {
            return new RunEvent.CheckpointFound(null, 0, null, []);
        }

        var (found, problems) = await store.FindNewestWholeAsync(planHash, CancellationToken.None);
        return new RunEvent.CheckpointFound(found?.Place, found?.Manifest.Step ?? 0, found?.Manifest.NextExponents, problems);
    }

    /// <summary>Writes a checkpoint: the state is copied at once, before the next step changes it, whatever the store is busy with.</summary>
    /// <param name="command">What to write.</param>
    /// <param name="plan">The run's plan.</param>
    /// <param name="before">The checkpoint before, which is completed first; null for the first one.</param>
    internal async Task<RunEvent> WriteAsync(RunCommand.WriteCheckpoint command, PlanFacts plan, Task? before)
    {
        if (_waiting.Count == CopyLimit)
        {
            return new RunEvent.CheckpointWritten(
                command.Step, $"two checkpoints are still being written: {store!.Place} takes longer for one than {request.Elastic!.CheckpointEvery} steps last");
        }

        _waiting.Add(command.Step);
        try
        {
            var copied = CopyAsync(command);
            if (before is not null)
            {
                await before;
            }

            return await copied is { } problem ? new RunEvent.CheckpointWritten(command.Step, problem) : await StoreAsync(command, plan);
        }
        catch (Exception exception) when (exception is UserInputException or IOException or UnauthorizedAccessException)
        {
            return new RunEvent.CheckpointWritten(command.Step, exception.Message);
        }
        finally
        {
            _waiting.Remove(command.Step);
        }
    }

    private async Task<string?> CopyAsync(RunCommand.WriteCheckpoint command)
    {
        var snapshot = new SnapshotRequest(runId, command.Version, command.Step, [.. _waiting]);
        var failures = await Task.WhenAll(command.Workers.Select(worker => calls.SnapshotAsync(worker, snapshot)));
        return Array.Find(failures, failure => failure is not null)?.Message;
    }

    private async Task<RunEvent> StoreAsync(RunCommand.WriteCheckpoint command, PlanFacts plan)
    {
        await store!.CleanAsync(CancellationToken.None);
        var staging = await store.BeginAsync(command.Step, CancellationToken.None);
        var checkpoint = new CheckpointRequest(runId, command.Version, command.Step, staging);
        var files = await Task.WhenAll(command.Workers.Select(worker => calls.CheckpointAsync(worker, checkpoint)));
        if (Array.Find(files, file => file.Failure is not null) is { } failed)
        {
            await store.AbandonAsync(staging);
            return new RunEvent.CheckpointWritten(command.Step, failed.Failure!.Message);
        }

        await store.CompleteAsync(staging, Manifest(command, plan, files), CancellationToken.None);
        return new RunEvent.CheckpointWritten(command.Step, null, files.Sum(file => file.Bytes), await PruneAsync());
    }

    /// <summary>Removes older checkpoints.</summary>
    /// <returns>Why they are still there; null when they are not.</returns>
    private async Task<string?> PruneAsync()
    {
        try
        {
            await store!.PruneAsync(request.Elastic!.KeepCheckpoints, CancellationToken.None);
            return null;
        }
        catch (Exception exception) when (exception is UserInputException or IOException or UnauthorizedAccessException)
        {
            return exception.Message;
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
