using NSft.Grains.Contracts.Messages;
using NSft.Grains.Instruments;

namespace NSft.Grains.Jobs;

/// <summary>
/// Keeps blocks of a job leased to the active silos until all are done: silos that join get their share, the blocks of silos that died
/// are leased to others. Runs on the scheduler of the grain that starts it and waits for nobody else.
/// </summary>
/// <param name="ledger">The blocks.</param>
/// <param name="lanesOf">Blocks that a silo holds at once, by its position among the active silos and their number.</param>
/// <param name="membership">Tells which silos live.</param>
/// <param name="time">The clock.</param>
/// <param name="work">Has a block worked on and says why it failed, or null; see <see cref="JobLease.CallThereAsync"/>. Throws what its call throws.</param>
internal sealed class JobLanes(
    BlockLedger ledger,
    Func<int, int, int> lanesOf,
    IClusterMembershipService membership,
    TimeProvider time,
    Func<JobLease, Task<Failure?>> work)
{
    private static readonly TimeSpan Quantum = TimeSpan.FromMilliseconds(50);

    /// <summary>A silo that lost a call is given nothing for so long: it may be dead and not known to be.</summary>
    private static readonly TimeSpan Probation = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, long> _lossSeen = [];
    private readonly List<Running> _running = [];

    /// <summary>Told after each block that ends, whatever way.</summary>
    internal Action? Changed { get; init; }

    /// <summary>Blocks leased now.</summary>
    internal int LeasedCount => _running.Count;

    /// <summary>Works until all blocks are done or one has failed for good; blocks that are leased then are waited for.</summary>
    /// <param name="cancellationToken">Ends at once; leased blocks are left to themselves.</param>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var backlog = new JobBacklog();
        while (!cancellationToken.IsCancellationRequested)
        {
            DropDead();
            Fill();
            backlog.WaitingBlocks = ledger.WaitingCount;
            if (_running.Count == 0 && (ledger.IsDone || ledger.Failure is not null))
            {
                return;
            }

            await Task.WhenAny([.. _running.Select(running => (Task)running.Ended), Task.Delay(Quantum, time, cancellationToken)]);
            await SettleAsync();
        }
    }

    private void Fill()
    {
        var silos = JobShare.ActiveSilos(membership.CurrentSnapshot);
        var names = silos.Select(silo => silo.ToParsableString()).ToArray();
        var free = names.Select((name, position) => IsOnProbation(name)
            ? 0
            : lanesOf(position, silos.Length) - _running.Count(running => running.Lease.Silo == name)).ToArray();

        // One block to each silo in turn, so that few blocks are spread and not heaped.
        while (free.Any(lanes => lanes > 0))
        {
            for (var position = 0; position < free.Length; position++)
            {
                if (free[position]-- > 0)
                {
                    if (!ledger.TryLease(out var block))
                    {
                        return;
                    }

                    var lease = new JobLease(block, names[position]);
                    _running.Add(new Running(lease, AskAsync(lease)));
                }
            }
        }
    }

    private void DropDead()
    {
        var view = membership.CurrentSnapshot;
        foreach (var running in _running.Where(running => !running.Ended.IsCompleted && IsGone(view, running.Lease.Silo)).ToArray())
        {
            _running.Remove(running);
            ledger.Lose(running.Lease.Block, running.Lease.Silo);
            Changed?.Invoke();
        }
    }

    private async Task SettleAsync()
    {
        foreach (var running in _running.Where(running => running.Ended.IsCompleted).ToArray())
        {
            _running.Remove(running);
            Settle(running.Lease, await running.Ended);
            Changed?.Invoke();
        }
    }

    private void Settle(JobLease lease, Outcome outcome)
    {
        if (outcome.IsLost)
        {
            _lossSeen[lease.Silo] = time.GetTimestamp();
            ledger.Lose(lease.Block, lease.Silo);
        }
        else if (outcome.Failure is { } failure)
        {
            ledger.Fail(lease.Block, failure);
        }
        else
        {
            ledger.Complete(lease.Block);
        }
    }

    private async Task<Outcome> AskAsync(JobLease lease)
    {
        try
        {
            return new Outcome(IsLost: false, await work(lease));
        }
        catch (Exception exception) when (Failures.IsLostCall(exception))
        {
            return new Outcome(IsLost: true, null);
        }
#pragma warning disable CA1031 // A block that fails is leased again; the ledger bounds the tries.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new Outcome(IsLost: false, Failures.Of(exception, FailureKind.Worker, $"block {lease.Block}"));
        }
    }

    private bool IsOnProbation(string silo) => _lossSeen.TryGetValue(silo, out var seen) && time.GetElapsedTime(seen) < Probation;

    private static bool IsGone(ClusterMembershipSnapshot view, string silo) =>
        view.GetSiloStatus(SiloAddress.FromParsableString(silo)) is SiloStatus.Dead or SiloStatus.None;

    private sealed record Running(JobLease Lease, Task<Outcome> Ended);

    private readonly record struct Outcome(bool IsLost, Failure? Failure);
}
