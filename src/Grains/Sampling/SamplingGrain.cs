using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;

namespace NSft.Grains.Sampling;

/// <summary>
/// Runs a job: keeps its blocks leased to free devices of the active silos. All of it happens on this grain's scheduler between calls; no call
/// waits for the job. An activation that finds a job that has not ended takes it up from its request and its work directory.
/// </summary>
[GrainType("nsft.sampling"), KeepAlive]
internal sealed class SamplingGrain(
    [PersistentState("sampling", GrainStorageNames.State)] IPersistentState<SamplingState> state,
    IClusterMembershipService membership,
    ILocalSiloDetails silo,
    TimeProvider time) : Grain, ISamplingGrain
{
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(2);

    private SamplingRun? _run;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.State.Request is { } request)
        {
            Begin(request);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_run is { } run)
        {
            await run.StopAsync();
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(SamplingRequest request)
    {
        if (_run is { } running)
        {
            if (running.Request with { RunId = request.RunId } == request && !running.Phase.IsTerminal())
            {
                return;
            }

            await running.StopAsync();
            await running.ReleaseAsync();
        }

        state.State.Request = request;
        await state.WriteStateAsync();
        Begin(request);
    }

    /// <inheritdoc/>
    public async Task<SamplingStatus> WatchAsync(int knownBlocks, RunPhase knownPhase)
    {
        if (_run is { } run && run.Phase == knownPhase && !knownPhase.IsTerminal() && run.DoneBlocks <= knownBlocks)
        {
            await Task.WhenAny(_changed.Task, Task.Delay(WatchPeriod, time));
        }

        return _run?.Describe() ?? new SamplingStatus(RunPhase.None, 0, 0, 0, 0, 0, 0, 0, [], null);
    }

    /// <inheritdoc/>
    public async Task CloseAsync()
    {
        if (_run is { } run)
        {
            _run = null;
            await run.StopAsync();
            await run.ReleaseAsync();
        }

        await state.ClearStateAsync();
        Announce();
        DeactivateOnIdle();
    }

    private void Begin(SamplingRequest request)
    {
        _run = new SamplingRun(request, GrainFactory, membership, time, silo.SiloAddress.ToParsableString()) { Changed = Announce };
        _run.Start();
        Announce();
    }

    private void Announce()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
