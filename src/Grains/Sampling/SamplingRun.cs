using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Jobs;

namespace NSft.Grains.Sampling;

/// <summary>One run of a job, on the scheduler of the grain that starts it.</summary>
/// <param name="request">What to sample.</param>
/// <param name="grains">Reaches tasks and the fleet.</param>
/// <param name="membership">Tells which silos live.</param>
/// <param name="time">The clock.</param>
/// <param name="localSilo">The silo that it runs on, in the parsable form of its address.</param>
internal sealed class SamplingRun(SamplingRequest request, IGrainFactory grains, IClusterMembershipService membership, TimeProvider time, string localSilo)
{
    private static readonly TimeSpan FleetPeriod = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<string> _usedSilos = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _devices = new(StringComparer.Ordinal);
    private readonly int _workers = SamplingJson.ReadSettings(request.SettingsJson).Workers;
    private SamplingJobPlan? _plan;
    private BlockLedger? _ledger;
    private Failure? _failure;
    private Task _work = Task.CompletedTask;
    private Action _stop = static () => { };
    private CancellationToken _stopping;
    private long _completions;
    private long _found;
    private long _tokens;
    private bool _isReleased;

    /// <summary>Told when there is more to tell.</summary>
    internal Action? Changed { get; init; }

    internal SamplingRequest Request => request;

    internal int DoneBlocks => _ledger?.DoneCount ?? 0;

    internal RunPhase Phase => (_failure ?? _ledger?.Failure, _ledger) switch
    {
        (not null, _) => RunPhase.Failed,
        (_, null) => RunPhase.Opening,
        (_, { IsDone: true }) when _isReleased => RunPhase.Completed,
        _ => RunPhase.Running,
    };

    internal void Start() => _work = RunAsync();

    /// <summary>Leases nothing more; blocks that are being answered are left to themselves.</summary>
    internal Task StopAsync()
    {
        if (!_work.IsCompleted)
        {
            _stop();
        }

        return _work;
    }

    /// <summary>Has all silos let go of the run's models.</summary>
    internal Task ReleaseAsync() => Task.WhenAll(JobShare.ActiveSilos(membership.CurrentSnapshot).Select(async silo =>
    {
        var lease = new JobLease(-1, silo.ToParsableString());
        try
        {
            await lease.CallThereAsync(async () =>
            {
                await grains.GetGrain<ISamplingTaskGrain>($"{request.RunId}/release/{lease.Silo}").ReleaseAsync(request.RunId);
                return true;
            });
        }
        catch (Exception exception) when (SiloLoss.Is(exception))
        {
            // A silo that is gone holds nothing; one that is slow lets go of what nobody uses.
        }
    }));

    internal SamplingStatus Describe() => new(
        Phase,
        DoneBlocks,
        _plan?.BlockCount ?? 0,
        _completions,
        _found,
        _plan?.CompletionCount ?? 0,
        _tokens,
        _ledger?.RetriedCount ?? 0,
        [.. _usedSilos.Order(StringComparer.Ordinal)],
        _failure ?? _ledger?.Failure);

    private async Task RunAsync()
    {
        using var stopping = new CancellationTokenSource();
        _stop = stopping.Cancel;
        _stopping = stopping.Token;
        try
        {
            // Task.Run: reading all prompts and all finished blocks is too long for a turn.
            (_plan, _ledger) = await Task.Run(Open);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
            var fleet = FollowFleetAsync(ending.Token);
            var lanes = new JobLanes(_ledger, LanesOf, membership, time, WorkAsync) { Changed = Changed };
            await lanes.RunAsync(_stopping);
            await ending.CancelAsync();
            await fleet;
            _stopping.ThrowIfCancellationRequested();
            await ReleaseAsync();
            _isReleased = true;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Whoever stopped the run tells nobody of it.
        }
#pragma warning disable CA1031 // Top of the job: whatever fails ends the job with its reason.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure = Failures.Of(exception, FailureKind.Coordinator, "coordinator");
        }

        Changed?.Invoke();
    }

    private (SamplingJobPlan Plan, BlockLedger Ledger) Open()
    {
        var plan = SamplingJobPlan.Read(request);
        var scan = new JobDirectory(request.WorkDirectory).Scan(plan.BlockCount, (_, content) =>
        {
            var tally = SamplingJson.Read<SampleTally>(content.Tally);
            _completions += tally.Completions;
            _tokens += tally.Tokens;
        });
        _found = _completions;
        return (plan, new BlockLedger(plan.BlockCount, request.AttemptLimit, scan.Done));
    }

    /// <summary>Keeps in mind how many devices each silo has for this run.</summary>
    private async Task FollowFleetAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var silos = await grains.GetGrain<IFleetGrain>(FleetKey.Only).GetSilosAsync();
                _devices.Clear();
                foreach (var silo in silos)
                {
                    _devices[silo.Silo] = DeviceOwner.Usable(silo, request.RunId);
                }
            }
            catch (Exception exception) when (SiloLoss.Is(exception))
            {
                // The fleet moves to another silo: asked again soon.
            }

            await Task.Delay(FleetPeriod, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private int LanesOf(int position, int siloCount)
    {
        var silos = JobShare.ActiveSilos(membership.CurrentSnapshot);
        if (position >= silos.Length)
        {
            return 0;
        }

        var free = _devices.GetValueOrDefault(silos[position].ToParsableString());
        return _workers == 0 ? free : Math.Min(free, JobShare.Of(_workers, position, siloCount));
    }

    private async Task<Failure?> WorkAsync(JobLease lease)
    {
        var order = _plan!.Order(lease.Block);
        var task = grains.GetGrain<ISamplingTaskGrain>($"{request.RunId}/block-{lease.Block}");
        while (true)
        {
            var report = await AskAsync(lease, task, order);
            if (report.Failure is { Kind: FailureKind.Lost } lost)
            {
                // Told as a lost call, so that the try does not count against the block.
                throw new TimeoutException(lost.Message);
            }

            if (report.IsDone)
            {
                _usedSilos.Add(report.Silo);
                _completions += report.Completions;
                _tokens += report.Tokens;
            }

            if (report.IsDone || report.Failure is not null)
            {
                return report.Failure;
            }

            _stopping.ThrowIfCancellationRequested();
        }
    }

    private async Task<SampleBlockReport> AskAsync(JobLease lease, ISamplingTaskGrain task, SampleBlockOrder order)
    {
        try
        {
            return await lease.CallThereAsync(() => task.SampleAsync(order));
        }
        catch (ObjectDisposedException exception)
        {
            if (lease.Silo == localSilo)
            {
                // This silo falls: another one takes the job up, and this run must not tell of failures any more.
                _stop();
            }

            throw new TimeoutException(exception.Message, exception);
        }
    }
}
