using System.Globalization;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Tests.Simulation;

/// <summary>Calls of a coordinator to its workers; a call that fails is a report with a failure.</summary>
internal sealed class SimCalls(SimCluster cluster, SimCoordinator coordinator)
{
    private SimWorld World => cluster.World;

    internal void Begin(RunCommand command)
    {
        switch (command)
        {
            case RunCommand.Open open:
                World.Begin(() => OpenAsync(open));
                break;
            case RunCommand.Halt halt:
                Each(halt.Workers, "halt", worker => worker.HaltAsync(halt.Version), (key, report) => new RunEvent.Halted(key, report), failure => HaltReport.Failed(halt.Version, failure));
                break;
            case RunCommand.Seat seat:
                Each([seat.Worker], "seat", worker => worker.TakeSeatAsync(seat.Request), (key, report) => new RunEvent.Seated(key, report), failure => new SeatReport(seat.Request.View.Version, 0, failure));
                break;
            case RunCommand.Sync sync:
                Each([sync.Worker], "sync", worker => worker.SyncAsync(sync.Request), (key, report) => new RunEvent.Synced(key, report), failure => new SyncReport(sync.Request.View.Version, 0, 0, failure));
                break;
            case RunCommand.Prepare prepare:
                Each(prepare.Workers, "prepare", worker => worker.PrepareAsync(prepare.Request), (key, report) => new RunEvent.Prepared(key, report), failure => PreparedReport.Failed(prepare.Request.Ticket, failure));
                break;
            case RunCommand.Reduce reduce:
                Each(reduce.Workers, "reduce", worker => worker.ReduceAsync(reduce.Ticket), (key, report) => new RunEvent.Voted(key, report), failure => VoteReport.No(reduce.Ticket, failure.Message, 0, failure));
                break;
            case RunCommand.Commit commit:
                Each(commit.Workers, "commit", worker => worker.CommitAsync(commit.Request), (key, report) => new RunEvent.Committed(key, report, commit.Request.Authority), failure => CommitReport.Failed(commit.Request.Ticket, failure));
                break;
            case RunCommand.Export export:
                Each(export.Workers, "export", worker => worker.ExportAsync(), (key, report) => new RunEvent.Exported(key, report, export.Version), failure => new ExportReport(string.Empty, failure));
                break;
            case RunCommand.Close close:
                cluster.Close(coordinator.Silo, close.Worker);
                break;
            case RunCommand.FindCheckpoint:
                coordinator.Silo.After(World.Uniform(0.01, 0.2), FindCheckpoint);
                break;
            case RunCommand.WriteCheckpoint checkpoint:
                World.Begin(() => WriteCheckpointAsync(checkpoint));
                break;
            default:
                throw new InvalidOperationException($"No such command: {command}");
        }
    }

    private void Each<T>(IEnumerable<string> workers, string what, Func<SimWorker, Task<T>> call, Func<string, T, RunEvent> happened, Func<Failure, T> failed)
    {
        foreach (var worker in workers)
        {
            World.Begin(async () => coordinator.Post(happened(worker, await AskAsync(worker, what, call, failed))));
        }
    }

    private async Task<T> AskAsync<T>(string worker, string what, Func<SimWorker, Task<T>> call, Func<Failure, T> failed)
    {
        try
        {
            return await cluster.CallAsync(coordinator.Silo, worker, what, call);
        }
        catch (SimCallException exception)
        {
            return failed(new Failure(FailureKind.Lost, exception.Message));
        }
    }

    private async Task OpenAsync(RunCommand.Open open)
    {
        OpenReport report;
        try
        {
            report = await cluster.OpenAsync(coordinator.Silo, open.Worker, open.Grant);
        }
        catch (SimCallException exception)
        {
            report = OpenReport.Failed(new Failure(FailureKind.Lost, exception.Message));
        }

        coordinator.Post(new RunEvent.Opened(open.Worker, report));
    }

    private void FindCheckpoint()
    {
        if (!cluster.Schedule.KeepsCheckpoints)
        {
            coordinator.Post(new RunEvent.CheckpointFound(null, 0, null, []));
            return;
        }

        var found = cluster.Checkpoints.FindNewestWhole(out var problems);
        coordinator.Post(new RunEvent.CheckpointFound(found?.Step.ToString(CultureInfo.InvariantCulture), found?.Step ?? 0, found?.NextExponents, problems));
    }

    private async Task WriteCheckpointAsync(RunCommand.WriteCheckpoint command)
    {
        var asked = command.Workers.Select(worker => AskAsync<SimPart?>(
            worker, "checkpoint", to => to.CheckpointAsync(command.Version, command.Step), static _ => null)).ToList();
        var parts = new List<SimPart?>();
        foreach (var part in asked)
        {
            parts.Add(await part);
        }

        await coordinator.Silo.DelayAsync(World.Uniform(0.05, 1));
        if (parts.Contains(null))
        {
            coordinator.Post(new RunEvent.CheckpointWritten(command.Step, "a part is missing"));
            return;
        }

        SimChunk[] blocks = [.. parts.OrderBy(part => part!.FirstBlock).SelectMany(part => part!.Blocks)];
        World.Require(blocks.Length == SimLayout.BlockCount, $"a checkpoint has {blocks.Length} blocks");
        cluster.Checkpoints.Add(new SimCheckpoint(command.Step, command.NextExponents, blocks)
        {
            IsDamaged = World.Chance(cluster.Schedule.CheckpointDamage),
        });
        coordinator.Post(new RunEvent.CheckpointWritten(command.Step, null));
    }
}
