using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using Orleans.Runtime.Placement;

namespace NSft.Grains.Run;

/// <summary>Calls to workers as events: a call that fails comes back as a report with a failure.</summary>
/// <param name="runId">The run.</param>
/// <param name="request">What is trained.</param>
/// <param name="grains">Reaches workers and data.</param>
internal sealed class WorkerCalls(string runId, RunRequest request, IGrainFactory grains)
{
    private Task<DatasetReport>? _dataset;

    internal async Task<RunEvent> OpenAsync(string worker, DeviceGrant grant, ElasticOptions elastic)
    {
        try
        {
            _dataset ??= RunDataset.OpenAsync(grains, runId, request.OptionsJson);
            var dataset = await _dataset;
            return new RunEvent.Opened(worker, dataset.Failure is { } failure
                ? OpenReport.Failed(failure)
                : await OpenAsync(worker, grant, new OpenRequest(
                    runId, request.OptionsJson, dataset.ContentHash, request.ChunkBytes, elastic.StateMode, grant.Silo, grant.Device, elastic.SharedMemory)));
        }
#pragma warning disable CA1031 // A peer that fails is a value; the state machine says what it means.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _dataset = _dataset is { IsFaulted: true } ? null : _dataset;
            return new RunEvent.Opened(worker, OpenReport.Failed(Failure(worker, exception)));
        }
    }

    internal Task<RunEvent> HaltAsync(string worker, HaltRequest halt) => AskAsync(
        worker,
        async grain => new RunEvent.Halted(worker, await grain.HaltAsync(halt)),
        failure => new RunEvent.Halted(worker, HaltReport.Failed(halt.Version, failure)));

    internal Task<RunEvent> SeatAsync(string worker, SeatRequest seat) => AskAsync(
        worker,
        async grain => new RunEvent.Seated(worker, await grain.TakeSeatAsync(seat)),
        failure => new RunEvent.Seated(worker, new SeatReport(seat.View.Version, 0, failure)));

    internal Task<RunEvent> SyncAsync(string worker, SeatRequest seat) => AskAsync(
        worker,
        async grain => new RunEvent.Synced(worker, await grain.SyncAsync(seat)),
        failure => new RunEvent.Synced(worker, new SyncReport(seat.View.Version, 0, 0, failure)));

    internal Task<RunEvent> PrepareAsync(string worker, PrepareRequest prepare) => AskAsync(
        worker,
        async grain => new RunEvent.Prepared(worker, await grain.PrepareAsync(prepare)),
        failure => new RunEvent.Prepared(worker, PreparedReport.Failed(prepare.Ticket, failure)));

    internal Task<RunEvent> ReduceAsync(string worker, StepTicket ticket) => AskAsync(
        worker,
        async grain => new RunEvent.Voted(worker, await grain.ReduceAsync(new ReduceRequest(ticket))),
        failure => new RunEvent.Voted(worker, VoteReport.No(ticket, failure.Message, 0, failure)));

    internal Task<RunEvent> CommitAsync(string worker, CommitRequest commit) => AskAsync(
        worker,
        async grain => new RunEvent.Committed(worker, await grain.CommitAsync(commit), commit.Authority),
        failure => new RunEvent.Committed(worker, CommitReport.Failed(commit.Ticket, failure), commit.Authority));

    internal Task<RunEvent> ExportAsync(string worker, long version, string? directory) => AskAsync(
        worker,
        async grain => new RunEvent.Exported(worker, await grain.ExportAsync(new ExportRequest(runId, directory)), version),
        failure => new RunEvent.Exported(worker, new ExportReport(string.Empty, failure), version));

    /// <summary>Has a worker copy its state.</summary>
    /// <returns>Why there is no copy; null when there is.</returns>
    internal async Task<Failure?> SnapshotAsync(string worker, SnapshotRequest snapshot)
    {
        try
        {
            return await Worker(worker).SnapshotAsync(snapshot);
        }
#pragma warning disable CA1031 // A peer that fails is a value.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Failure(worker, exception);
        }
    }

    internal async Task<CheckpointFileReport> CheckpointAsync(string worker, CheckpointRequest checkpoint)
    {
        try
        {
            return await Worker(worker).CheckpointAsync(checkpoint);
        }
#pragma warning disable CA1031 // A peer that fails is a value.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return CheckpointFileReport.Failed(Failure(worker, exception));
        }
    }

    /// <summary>Lets a worker go; one that cannot be reached is gone already.</summary>
    internal async Task CloseAsync(string worker)
    {
        try
        {
            await Worker(worker).CloseAsync(runId);
        }
#pragma warning disable CA1031 // Whoever cannot be reached cannot be closed, and finds out by itself that the run does not know it.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private static Failure Failure(string worker, Exception exception) => Failures.Of(
        exception,
        Failures.IsLostCall(exception) || exception is OperationCanceledException ? FailureKind.Lost : FailureKind.Worker,
        worker);

    private IShardWorkerGrain Worker(string key) => grains.GetGrain<IShardWorkerGrain>(key);

    private Task<OpenReport> OpenAsync(string worker, DeviceGrant grant, OpenRequest open)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, SiloAddress.FromParsableString(grant.Silo));
        try
        {
            return Worker(worker).OpenAsync(open);
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }

    private async Task<RunEvent> AskAsync(string worker, Func<IShardWorkerGrain, Task<RunEvent>> ask, Func<Failure, RunEvent> failed)
    {
        try
        {
            return await ask(Worker(worker));
        }
#pragma warning disable CA1031 // A peer that fails is a value; the state machine says what it means.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return failed(Failure(worker, exception));
        }
    }
}
