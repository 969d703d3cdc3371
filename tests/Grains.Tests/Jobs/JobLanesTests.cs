using System.Collections.Concurrent;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Jobs;
using NSft.Grains.Tests.Testing;
using Orleans.Runtime;

namespace NSft.Grains.Tests.Jobs;

public sealed class JobLanesTests
{
    private readonly ScriptedMembership _membership = new();
    private readonly ConcurrentQueue<JobLease> _leases = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<Failure?>> _work = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_SeveralSilos_HoldsSoManyBlocksOnEach()
    {
        _membership.Set(1, SiloStatus.Active);
        _membership.Set(2, SiloStatus.Active);
        _membership.Set(3, SiloStatus.Joining);
        var ledger = new BlockLedger(10, 1);
        var run = RunAsync(ledger, lanes: 2);

        await UntilAsync(() => _leases.Count == 4);
        Assert.Equal([1, 2, 1, 2], _leases.Select(lease => lease.Silo == ScriptedMembership.NameOf(1) ? 1 : 2));
        await FinishAsync(ledger, run);

        Assert.Equal(Enumerable.Range(0, 10), _leases.Select(lease => lease.Block).Order());
    }

    [Fact]
    public async Task Run_SiloJoins_GetsTheNextBlocks()
    {
        _membership.Set(1, SiloStatus.Active);
        var ledger = new BlockLedger(6, 1);
        var run = RunAsync(ledger, lanes: 1);
        await UntilAsync(() => _leases.Count == 1);

        _membership.Set(2, SiloStatus.Active);
        await UntilAsync(() => _leases.Count == 2);

        Assert.Equal(ScriptedMembership.NameOf(2), _leases.Last().Silo);
        await FinishAsync(ledger, run);
    }

    [Fact]
    public async Task Run_SiloDies_ItsBlocksGoToAnotherAndNoOthers()
    {
        _membership.Set(1, SiloStatus.Active);
        _membership.Set(2, SiloStatus.Active);
        var ledger = new BlockLedger(2, 1);
        var run = RunAsync(ledger, lanes: 1);
        await UntilAsync(() => _leases.Count == 2);
        var lost = _leases.Single(lease => lease.Silo == ScriptedMembership.NameOf(2)).Block;
        var left = _work[lost];

        _membership.Set(2, SiloStatus.Dead);
        _work[1 - lost].SetResult(null);
        await UntilAsync(() => _leases.Count == 3);

        Assert.Equal(new JobLease(lost, ScriptedMembership.NameOf(1)), _leases.Last());
        left.SetResult(new Failure(FailureKind.Worker, "the dead speak"));
        await FinishAsync(ledger, run);
        Assert.Null(ledger.Failure);
        Assert.Equal(1, ledger.RetriedCount);
    }

    [Fact]
    public async Task Run_CallIsLost_TheBlockIsLeasedAgainAndKeepsItsTries()
    {
        _membership.Set(1, SiloStatus.Active);
        var ledger = new BlockLedger(1, attemptLimit: 1);
        var run = RunAsync(ledger, lanes: 1);
        await UntilAsync(() => _leases.Count == 1);

        _work[0].SetException(new TimeoutException("no answer"));
        await UntilAsync(() => _leases.Count == 2);
        await FinishAsync(ledger, run);

        Assert.Null(ledger.Failure);
        Assert.True(ledger.IsDone);
    }

    [Fact]
    public async Task Run_BlockFailsForGood_WaitsForTheOthersAndLeasesNoMore()
    {
        _membership.Set(1, SiloStatus.Active);
        var ledger = new BlockLedger(5, 1);
        var run = RunAsync(ledger, lanes: 2);
        await UntilAsync(() => _leases.Count == 2);

        _work[0].SetResult(new Failure(FailureKind.Worker, "broken"));
        await UntilAsync(() => ledger.Failure is not null);
        Assert.False(run.IsCompleted);
        _work[1].SetResult(null);
        await run;

        Assert.Equal(2, _leases.Count);
        Assert.Equal(1, ledger.DoneCount);
    }

    [Fact]
    public async Task Run_Cancelled_EndsAtOnce()
    {
        _membership.Set(1, SiloStatus.Active);
        using var cancellation = new CancellationTokenSource();
        var run = RunAsync(new BlockLedger(3, 1), lanes: 1, cancellation.Token);
        await UntilAsync(() => _leases.Count == 1);

        await cancellation.CancelAsync();
        await run;

        Assert.Single(_leases);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, Ended);
        }
    }

    private Task RunAsync(BlockLedger ledger, int lanes, CancellationToken? cancellation = null)
    {
        var jobLanes = new JobLanes(ledger, (_, _) => lanes, _membership, TimeProvider.System, lease =>
        {
            var work = _work[lease.Block] = new TaskCompletionSource<Failure?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _leases.Enqueue(lease);
            return work.Task;
        });
        return jobLanes.RunAsync(cancellation ?? Ended);
    }

    private async Task FinishAsync(BlockLedger ledger, Task run)
    {
        while (!ledger.IsDone && !run.IsCompleted)
        {
            foreach (var work in _work.Values)
            {
                work.TrySetResult(null);
            }

            await Task.Delay(5, Ended);
        }

        await run;
    }
}
