using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Jobs;
using Orleans.Runtime.Placement;

namespace NSft.Grains.Construction;

/// <summary>
/// Runs a job: every silo gets a few blocks at a time, the end of one leases the next. All of it happens on this grain's scheduler
/// between calls; no call waits for the job.
/// </summary>
[GrainType("nsft.construction")]
internal sealed class ConstructionGrain(TimeProvider time) : Grain, IConstructionGrain
{
    private const int BlocksPerSilo = 2;

    private static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(2);

    private readonly HashSet<string> _usedSilos = [];
    private readonly Dictionary<int, string> _results = [];
    private ConstructionRequest? _request;
    private DatasetReport? _dataset;
    private JobPlan? _plan;
    private BlockLedger? _ledger;
    private Failure? _failure;
    private bool _isCancelled;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string JobId => this.GetPrimaryKeyString();

    private RunPhase Phase => (_request, _isCancelled, _failure ?? _ledger?.Failure, _ledger) switch
    {
        (null, _, _, _) => RunPhase.None,
        (_, true, _, _) => RunPhase.Cancelled,
        (_, _, not null, _) => RunPhase.Failed,
        (_, _, _, null) => RunPhase.Opening,
        (_, _, _, { IsDone: true }) => RunPhase.Completed,
        _ => RunPhase.Running,
    };

    /// <inheritdoc/>
    public Task StartAsync(ConstructionRequest request)
    {
        if (_request is null)
        {
            _request = request;
            _ = RunAsync(request);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<ConstructionStatus> WatchAsync(int knownBlocks, RunPhase knownPhase)
    {
        if (Phase == knownPhase && !knownPhase.IsTerminal() && (_ledger?.DoneCount ?? 0) <= knownBlocks)
        {
            await Task.WhenAny(_changed.Task, Task.Delay(WatchPeriod, time));
        }

        return new ConstructionStatus(
            Phase,
            _ledger?.DoneCount ?? 0,
            _ledger?.BlockCount ?? 0,
            _dataset?.RowCount ?? 0,
            _dataset?.Problems ?? [],
            _ledger?.RetriedCount ?? 0,
            [.. _usedSilos.Order(StringComparer.Ordinal)],
            _plan?.Vocabulary.Codebook.Hash,
            _plan?.Vocabulary.Lexicon.Hash,
            _failure ?? _ledger?.Failure);
    }

    /// <inheritdoc/>
    public Task<string> ReadAsync(int block) => Task.FromResult(
        _results.GetValueOrDefault(block) ?? throw new InvalidOperationException($"Block {block} of job {JobId} is not done."));

    /// <inheritdoc/>
    public Task CloseAsync()
    {
        _isCancelled = true;
        Announce();
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private async Task RunAsync(ConstructionRequest request)
    {
        try
        {
            var datasetKey = $"{JobId}/data";
            _dataset = await GrainFactory.GetGrain<IDatasetGrain>(datasetKey).OpenAsync(request.Dataset);
            _failure = _dataset.Failure;
            if (_failure is null)
            {
                _plan = await JobPlan.CreateAsync(GrainFactory, request, datasetKey, _dataset);
                _ledger = new BlockLedger(_plan.Blocks.Count, request.AttemptLimit);
                var hosts = await GrainFactory.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
                var silos = hosts.Keys.Select(silo => silo.ToParsableString()).Order(StringComparer.Ordinal).Take(_plan.Blocks.Count);
                var lanes = silos.SelectMany(silo => Enumerable.Repeat(silo, BlocksPerSilo));
                await Task.WhenAll(lanes.Select(RunLaneAsync));
            }
        }
#pragma warning disable CA1031 // Top of the job: whatever fails ends the job with its reason.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure = Failures.Of(exception, FailureKind.Coordinator, "coordinator");
        }

        Announce();
    }

    /// <summary>Leases blocks to one silo, one after the other, until none is waiting.</summary>
    private async Task RunLaneAsync(string silo)
    {
        while (!_isCancelled && _ledger!.TryLease(out var index))
        {
            try
            {
                var report = await AskAsync(silo, _plan!.Blocks[index]);
                if (report.Failure is { } failure)
                {
                    _ledger.Fail(index, failure);
                }
                else
                {
                    _usedSilos.Add(report.Silo);
                    _results[index] = report.ConversationsJson;
                    _ledger.Complete(index);
                }
            }
#pragma warning disable CA1031 // A task that fails is leased again; the ledger bounds the tries.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _ledger.Fail(index, Failures.Of(exception, FailureKind.Worker, $"block {index}"));
            }

            Announce();
        }
    }

    private Task<BlockReport> AskAsync(string silo, BlockRequest block)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, SiloAddress.FromParsableString(silo));
        try
        {
            return GrainFactory.GetGrain<IConstructionTaskGrain>($"{JobId}/block-{block.Index}").ConstructAsync(block);
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }

    private void Announce()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
