using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using Orleans.Runtime.Placement;

namespace NSft.Grains.Run;

/// <summary>
/// Does what the <see cref="RunStateMachine"/> decides: sends each decision to all workers at once, waits for all reports and feeds
/// them back. Runs on the run grain's scheduler; a worker that throws is turned into a report with a failure.
/// </summary>
/// <param name="runId">The run.</param>
/// <param name="request">What to train.</param>
/// <param name="machine">Decides.</param>
/// <param name="grains">Reaches workers, dataset and fleet.</param>
internal sealed class RunConductor(string runId, RunRequest request, RunStateMachine machine, IGrainFactory grains)
{
    private IReadOnlyList<IShardWorkerGrain> _workers = [];
    private RunDecision? _next;

    /// <summary>The run has ended and its workers are gone.</summary>
    internal bool IsDone { get; private set; }

    /// <summary>Messages that workers said they dropped.</summary>
    internal long DroppedMessages { get; private set; }

    /// <summary>Executes the pending decision and takes the next one.</summary>
    internal async Task AdvanceAsync()
    {
        _next ??= machine.Start(Enumerable.Range(0, request.WorkerCount).Select(index => WorkerKey.Of(runId, index)));
        _next = _next switch
        {
            RunDecision.Open => machine.OnOpened(await OpenAsync()),
            RunDecision.Seat seat => machine.OnSeated(await SeatAsync(seat.View)),
            RunDecision.Prepare prepare => machine.OnPrepared(await PrepareAsync(prepare)),
            RunDecision.Reduce reduce => machine.OnReduced(await ReduceAsync(reduce.Ticket)),
            RunDecision.Discard discard => machine.OnDiscarded(await DiscardAsync(discard.Ticket)),
            RunDecision.Commit commit => machine.OnCommitted(await CommitAsync(commit)),
            RunDecision.Export => machine.OnExported(await ExportAsync()),
            RunDecision.Close => await CloseAsync(),
            _ => throw new InvalidOperationException($"No such decision: {_next}"),
        };
    }

    /// <summary>Ends the run at once: the pending calls to workers come back when their work is stopped.</summary>
    internal async Task CancelAsync()
    {
        machine.Cancel();
        await CloseWorkersAsync();
    }

    /// <summary>Ends the run because the coordinator itself failed.</summary>
    internal void Fail(Failure failure) => _next = machine.Fail(failure);

    /// <summary>Stops the workers and lets them go.</summary>
    internal Task CloseWorkersAsync() => AskAsync<Failure?>(
        async (worker, _) =>
        {
            await worker.CloseAsync(runId);
            return null;
        },
        failure => failure);

    private async Task<IReadOnlyList<OpenReport>> OpenAsync()
    {
        _workers = [.. machine.Workers.Select(key => grains.GetGrain<IShardWorkerGrain>(key))];
        var dataset = await RunDataset.OpenAsync(grains, runId, request.OptionsJson);
        if (dataset.Failure is { } failure)
        {
            return [OpenReport.Failed(failure)];
        }

        var silos = await grains.GetGrain<IFleetGrain>(FleetKey.Only).AssignAsync(_workers.Count);
        var open = new OpenRequest(runId, request.OptionsJson, dataset.ContentHash, request.ChunkBytes);
        return await AskAsync(
            (worker, seat) =>
            {
                RequestContext.Set(IPlacementDirector.PlacementHintKey, SiloAddress.FromParsableString(silos[seat]));
                try
                {
                    return worker.OpenAsync(open);
                }
                finally
                {
                    RequestContext.Remove(IPlacementDirector.PlacementHintKey);
                }
            },
            OpenReport.Failed);
    }

    private Task<Failure?[]> SeatAsync(ViewMessage view) => AskAsync<Failure?>(
        async (worker, seat) => await worker.TakeSeatAsync(new SeatRequest(runId, view, seat))
            ? null
            : new Failure(FailureKind.Divergence, $"worker {view.Seats[seat].Key} has a newer view than {view.Version}"),
        failure => failure);

    private Task<PreparedReport[]> PrepareAsync(RunDecision.Prepare prepare) => AskAsync(
        (worker, _) => worker.PrepareAsync(new PrepareRequest(prepare.Ticket, prepare.Exponents)),
        failure => PreparedReport.Failed(prepare.Ticket, failure));

    private async Task<VoteReport[]> ReduceAsync(StepTicket ticket)
    {
        var votes = await AskAsync(
            (worker, _) => VoteAsync(worker, ticket),
            failure => VoteReport.No(ticket, failure.Message, 0, failure));
        DroppedMessages = votes.Sum(vote => vote.DroppedMessages);
        return votes;
    }

    /// <summary>A worker's vote. A no ends the exchange of the others, who would wait for its chunks.</summary>
    private async Task<VoteReport> VoteAsync(IShardWorkerGrain worker, StepTicket ticket)
    {
        VoteReport vote;
        try
        {
            vote = await worker.ReduceAsync(new ReduceRequest(ticket));
        }
        catch
        {
            await DiscardAsync(ticket);
            throw;
        }

        if (vote.Reason is not null)
        {
            await DiscardAsync(ticket);
        }

        return vote;
    }

    private Task<Failure?[]> DiscardAsync(StepTicket ticket) => AskAsync<Failure?>(
        async (worker, _) =>
        {
            await worker.DiscardAsync(ticket);
            return null;
        },
        failure => failure);

    private Task<CommitReport[]> CommitAsync(RunDecision.Commit commit) => AskAsync(
        (worker, _) => worker.CommitAsync(new CommitRequest(commit.Ticket, commit.Sums, commit.Counts, commit.Norm, commit.NextExponents)),
        failure => CommitReport.Failed(commit.Ticket, failure));

    private Task<ExportReport[]> ExportAsync() => AskAsync(
        (worker, seat) => worker.ExportAsync(new ExportRequest(runId, seat == 0 ? request.StagingDirectory : null)),
        failure => new ExportReport(string.Empty, failure));

    private async Task<RunDecision> CloseAsync()
    {
        await CloseWorkersAsync();
        IsDone = true;
        return new RunDecision.Close();
    }

    /// <summary>Asks all workers at once. A call that throws becomes a failure of that worker.</summary>
    private Task<T[]> AskAsync<T>(Func<IShardWorkerGrain, int, Task<T>> ask, Func<Failure, T> failed) =>
        Task.WhenAll(_workers.Select((worker, seat) => AskOneAsync(worker, seat, ask, failed)));

    private static async Task<T> AskOneAsync<T>(
        IShardWorkerGrain worker,
        int seat,
        Func<IShardWorkerGrain, int, Task<T>> ask,
        Func<Failure, T> failed)
    {
        try
        {
            return await ask(worker, seat);
        }
#pragma warning disable CA1031 // A peer that fails is a value; the state machine says what it means.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return failed(Failures.Of(exception, FailureKind.Worker, $"worker {worker.GetPrimaryKeyString()}"));
        }
    }
}
