using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Grains.Jobs;

namespace NSft.Grains.Construction;

/// <summary>
/// One command's work on a job: reads and plans the data unless the directory has them already, takes the blocks that are done, has the
/// others worked on. Runs on its grain's scheduler.
/// </summary>
#pragma warning disable CA1001 // The token source has neither timer nor wait handle, and may be asked when all has ended.
internal sealed class ConstructionJob(
    IGrainFactory grains, IClusterMembershipService membership, TimeProvider time, string jobId, ConstructionRequest request, Action changed)
#pragma warning restore CA1001
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _ended = new();
    private readonly SortedSet<string> _silos = new(StringComparer.Ordinal);
    private readonly HashSet<int> _leased = [];
    private WorkTally _work = WorkTally.None;
    private JobPlan? _plan;
    private JobScan? _scan;
    private BlockLedger? _ledger;
    private Failure? _failure;

    internal ConstructionRequest Request => request;

    internal int DoneBlocks => _ledger?.DoneCount ?? 0;

    internal Failure? Failure => _failure ?? _ledger?.Failure;

    internal RunPhase Phase => (Failure, _ended.IsCancellationRequested, _ledger) switch
    {
        (_, true, _) => RunPhase.Cancelled,
        (not null, _, _) => RunPhase.Failed,
        (_, _, null) => RunPhase.Opening,
        (_, _, { IsDone: true }) => RunPhase.Completed,
        _ => RunPhase.Running,
    };

    /// <summary>Works until the job has ended. Never throws.</summary>
    internal async Task RunAsync()
    {
        try
        {
            var settings = DataJson.Read<ConstructionSettings>(request.SettingsJson);
            _plan = await PlanAsync(settings);
            if (_plan is not null)
            {
                await ConstructAsync(settings, _plan);
            }
        }
#pragma warning disable CA1031 // Top of the job: whatever fails ends the job with its reason.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure = Failures.Of(exception, FailureKind.Coordinator, "coordinator");
        }
    }

    /// <summary>Leases nothing more; what is leased is left to itself.</summary>
    internal void Leave() => _ended.Cancel();

    /// <summary>Leases nothing more and stops what is leased.</summary>
    internal void Stop()
    {
        _ended.Cancel();
        foreach (var block in _leased)
        {
            _ = TaskOf(block).StopAsync();
        }
    }

    internal ConstructionStatus Status(RunPhase phase, Failure? failure) => new(
        phase,
        DoneBlocks,
        _ledger?.BlockCount ?? 0,
        _plan?.PairCount ?? 0,
        _work,
        _ledger?.RetriedCount ?? 0,
        [.. _scan?.Damaged ?? []],
        [.. _silos],
        failure);

    private async Task<JobPlan?> PlanAsync(ConstructionSettings settings)
    {
        if (JobPlan.Find(request.WorkDirectory) is { } plan)
        {
            return plan;
        }

        var dataset = await OpenDatasetAsync(new DatasetRequest(
            settings.DataPath, settings.ImageDirectory, RequireRejected: true, settings.Strict, request.WorkDirectory, settings.Copies));
        _failure = dataset.Failure;

        // Task.Run: parsing every answer of the set is too long for a turn.
        return _failure is null && !_ended.IsCancellationRequested ? await Task.Run(() => JobPlan.Create(settings, request, dataset)) : null;
    }

    private async Task<DatasetReport> OpenDatasetAsync(DatasetRequest dataset)
    {
        while (true)
        {
            try
            {
                return await grains.GetGrain<IDatasetGrain>($"{jobId}/{request.Attempt}/data").OpenAsync(dataset);
            }
            catch (Exception exception) when (Failures.IsLostCall(exception) && !_ended.IsCancellationRequested)
            {
                await Task.Delay(Pause, time); // its silo is gone; it comes back on another one
            }
        }
    }

    private async Task ConstructAsync(ConstructionSettings settings, JobPlan plan)
    {
        var directory = new JobDirectory(request.WorkDirectory);
        var blockCount = plan.BlockCountOf(request.BlockSize);
        var done = WorkTally.None;

        // Task.Run: reading what was done before may be long.
        _scan = await Task.Run(() => directory.Scan(blockCount, (_, content) => done = done.Add(DataJson.Read<BlockTally>(content.Tally).ToWork())));
        _work = done;
        _ledger = new BlockLedger(blockCount, request.AttemptLimit, _scan.Done);
        changed();
        var lanes = new JobLanes(_ledger, (position, silos) => settings.LanesOf(position, silos, request.BlockSize), membership, time, AskAsync) { Changed = changed };
        await lanes.RunAsync(_ended.Token);
    }

    private async Task<Failure?> AskAsync(JobLease lease)
    {
        _leased.Add(lease.Block);
        try
        {
            var report = await lease.CallThereAsync(() => TaskOf(lease.Block).ConstructAsync(new BlockRequest(request, jobId, lease.Block)));
            if (report.Failure is null)
            {
                _silos.Add(report.Silo);
                _work = _work.Add(report.Work);
            }

            return report.Failure;
        }
        finally
        {
            _leased.Remove(lease.Block);
        }
    }

    private IConstructionTaskGrain TaskOf(int block) => grains.GetGrain<IConstructionTaskGrain>($"{jobId}/{request.Attempt}/block-{block}");
}
