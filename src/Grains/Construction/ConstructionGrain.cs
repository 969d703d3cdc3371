using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;

namespace NSft.Grains.Construction;

/// <summary>
/// Coordinates a job: hosts its <see cref="ConstructionJob"/> and answers observers. An activation that finds a request that has not
/// ended goes on with it from the job's directory, so the job outlives the silo of its coordinator.
/// </summary>
[GrainType("nsft.construction"), KeepAlive]
internal sealed class ConstructionGrain(
    [PersistentState("construction", GrainStorageNames.State)] IPersistentState<ConstructionJobState> state,
    IClusterMembershipService membership,
    TimeProvider time) : Grain, IConstructionGrain
{
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(2);

    private ConstructionJob? _job;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The end is told when it is kept, so that no later activation begins again.</summary>
    private RunPhase Phase => (state.State.Request, state.State.End, _job) switch
    {
        (null, _, _) => RunPhase.None,
        (_, not RunPhase.None, _) => state.State.End,
        (_, _, { } job) when !job.Phase.IsTerminal() => job.Phase,
        _ => RunPhase.Running,
    };

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.State is { Request: { } request, End: RunPhase.None })
        {
            Run(request);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _job?.Leave();
        Announce();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StartAsync(ConstructionRequest request)
    {
        if (state.State.Request == request)
        {
            return;
        }

        _job?.Stop();
        state.State = new ConstructionJobState { Request = request };
        await state.WriteStateAsync();
        Run(request);
    }

    /// <inheritdoc/>
    public async Task<ConstructionStatus> WatchAsync(int knownBlocks, RunPhase knownPhase)
    {
        if (Phase == knownPhase && !knownPhase.IsTerminal() && (_job?.DoneBlocks ?? 0) <= knownBlocks)
        {
            await Task.WhenAny(_changed.Task, Task.Delay(WatchPeriod, time));
        }

        return _job is { } job
            ? job.Status(Phase, state.State.Failure)
            : new ConstructionStatus(Phase, 0, 0, 0, WorkTally.None, 0, [], [], state.State.Failure);
    }

    /// <inheritdoc/>
    public async Task CloseAsync()
    {
        _job?.Stop();
        _job = null;
        await state.ClearStateAsync();
        Announce();
        DeactivateOnIdle();
    }

    private void Run(ConstructionRequest request)
    {
        _job = new ConstructionJob(GrainFactory, membership, time, this.GetPrimaryKeyString(), request, Announce);
        _ = RunAsync(_job);
    }

    private async Task RunAsync(ConstructionJob job)
    {
        await job.RunAsync();
        if (job == _job && job.Phase is RunPhase.Completed or RunPhase.Failed)
        {
            await EndAsync(job.Phase, job.Failure);
        }
    }

    private async Task EndAsync(RunPhase end, Failure? failure)
    {
        state.State.End = end;
        state.State.Failure = failure;
        await state.WriteStateAsync();
        Announce();
    }

    private void Announce()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
