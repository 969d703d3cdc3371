using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Tests.Simulation;

/// <summary>What must hold whatever happens.</summary>
internal sealed class SimInvariants(SimCluster cluster)
{
    private readonly Dictionary<long, SimCoordinator> _versions = [];
    private readonly HashSet<StepTicket> _tickets = [];
    private readonly Dictionary<StepTicket, ulong[]> _histories = [];
    private readonly HashSet<string> _opened = [];
    private readonly HashSet<(string Worker, StepTicket Ticket)> _applied = [];

    /// <summary>How often the run went back although steps were committed.</summary>
    internal int RolledBack { get; private set; }

    private SimWorld World => cluster.World;

    internal void Commanded(SimCoordinator coordinator, RunCommand command)
    {
        switch (command)
        {
            case RunCommand.Halt halt:
                World.Require(_versions.TryAdd(halt.Version, coordinator), $"view version {halt.Version} is used twice");
                World.Require(cluster.Store.Read().Version >= halt.Version, $"version {halt.Version} is told before it is persisted");
                break;
            case RunCommand.Abdicate:
                World.Require(
                    cluster.Store.Read().Version > _versions.Where(one => one.Value == coordinator).Select(one => one.Key).DefaultIfEmpty().Max(),
                    $"the coordinator gives up although nobody has replaced it");
                break;
            case RunCommand.Open open:
                World.Require(_opened.Add(open.Worker), $"{open.Worker} is used for two lives");
                break;
            case RunCommand.Note { Kind: RunEventKind.WorkerDrained } when coordinator.Machine.View is { Seats.Length: > 0 } view:
                CheckLeavers(coordinator.Machine, view);
                break;
            case RunCommand.Prepare prepare:
                World.Require(_tickets.Add(prepare.Request.Ticket), $"{prepare.Request.Ticket} is used twice");
                break;
            case RunCommand.ForgetSteps forget when forget.From > cluster.Journal.Steps.Count:
                // A checkpoint of steps that were forgotten became whole after they were: they are not told again.
                cluster.Journal.Skip(forget.From);
                break;
            case RunCommand.ForgetSteps forget when forget.From < cluster.Journal.Steps.Count:
                RolledBack++;
                CheckRollBack(coordinator.Machine, forget.From);
                break;
            case RunCommand.RecordStep step when coordinator == cluster.Coordinator:
                World.Require(step.Step.Step <= cluster.Journal.Steps.Count, $"step {step.Step.Step} is recorded after {cluster.Journal.Steps.Count} steps");
                World.Require(step.Step.GradientNorm == cluster.Reference.Decision(step.Step.Step).Norm, $"step {step.Step.Step} is recorded with another norm");
                break;
        }
    }

    /// <summary>A worker has applied a step: never twice, and what it holds has the history of everybody who applied that try.</summary>
    internal void Applied(SimWorker worker, CommitRequest commit)
    {
        World.Require(_applied.Add((worker.Key, commit.Ticket)), $"{worker.Key} applies {commit.Ticket} twice");
        if (!_histories.TryGetValue(commit.Ticket, out var known))
        {
            _histories[commit.Ticket] = known = new ulong[SimLayout.BlockCount];
        }

        foreach (var block in SimLayout.Blocks(worker.Session.HeldMoments))
        {
            var history = worker.Session.State.History(block);
            World.Require(known[block] == 0 || known[block] == history, $"{worker.Key}: block {block} has another history after {commit.Ticket} than elsewhere");
            known[block] = history;
        }
    }

    internal void Ended(RunStateMachine machine, bool isReplaced)
    {
        if (isReplaced)
        {
            return;
        }

        World.Require(machine.Phase == RunPhase.Completed, $"the run has ended as {machine.Phase}: {machine.Failure?.Message}");
        var steps = cluster.Schedule.Steps;
        var expected = $"{steps}:{cluster.Reference.After(steps).WeightsDigest()}";
        World.Require(machine.WeightsHash == expected, $"the result is {machine.WeightsHash} instead of {expected}");
        World.Require(cluster.Journal.Steps.Count == steps, $"{cluster.Journal.Steps.Count} of {steps} steps are recorded");
        CheckLedger(cluster.Store.Read().Views);
    }

    /// <summary>Committed steps may be given up only when nobody that the coordinator knows, and who lives, has their state.</summary>
    private void CheckRollBack(RunStateMachine machine, int step)
    {
        var living = cluster.LiveWorkers.Where(worker => worker.IsOpen && machine.Knows(worker.Key)).ToList();
        foreach (var holders in living.Where(worker => worker.Session.NextStep > step).GroupBy(worker => worker.Session.NextStep))
        {
            // Who voted on a step that another one has applied can still apply it.
            var decided = holders.Select(one => one.LastCommit?.Ticket).Where(ticket => ticket?.Step == holders.Key - 1).ToHashSet();
            var finishers = living.Where(one => one.Session.NextStep == holders.Key - 1 && one.Voted is { } voted && decided.Contains(voted));
            World.Require(
                !HaveAll(holders, finishers),
                $"the run goes back to step {step} although {string.Join(", ", holders.Select(one => one.Key))} have the state after {holders.Key}");
        }
    }

    /// <summary>Nobody leaves a view before those who stay have the state between them, unless some of those have died.</summary>
    private void CheckLeavers(RunStateMachine machine, ViewMessage view)
    {
        var staying = cluster.Silos.SelectMany(silo => silo.Workers).Where(worker => view.Seats.Any(seat => seat.Key == worker.Key)).ToList();
        World.Require(
            machine.CommittedSteps == 0 || staying.Count < view.Seats.Length || staying.Any(worker => worker.Silo.IsDead) || HaveAll(staying),
            $"workers leave view {view.Version} although those who stay lack state after {machine.CommittedSteps} steps");
    }

    private static bool HaveAll(IEnumerable<SimWorker> workers, IEnumerable<SimWorker>? finishers = null)
    {
        var whole = SimLayout.Layout.Whole;
        var finished = (finishers ?? []).Aggregate(RangeSet.Empty, (all, one) => all.Union(one.Session.HeldMoments));
        var weights = workers.Aggregate(finished, (all, one) => all.Union(RangeSet.Of(whole).Except(one.Session.StaleWeights)));
        var moments = workers.Aggregate(finished, (all, one) => all.Union(one.Session.HeldMoments));
        return weights.Contains(whole) && moments.Contains(whole);
    }

    /// <summary>Each step has one view, which computed it, and in it each shard one worker.</summary>
    private void CheckLedger(IReadOnlyList<ViewMessage> views)
    {
        for (var step = 0; step < cluster.Schedule.Steps; step++)
        {
            var covering = views.Where((view, index) => view.FirstStep <= step && views.Skip(index + 1).All(later => later.FirstStep > step)).ToList();
            World.Require(covering.Count == 1, $"step {step} belongs to {covering.Count} views");
            if (covering.Count == 1)
            {
                int[] shards = [.. covering[0].Seats.SelectMany(seat => Enumerable.Range(seat.FirstShard, seat.ShardCount)).Order()];
                World.Require(shards.SequenceEqual(Enumerable.Range(0, cluster.Schedule.Shards)), $"the shards of step {step} are {string.Join(',', shards)}");
                World.Require(cluster.Journal.HasGap || covering[0].Version == cluster.Journal.Steps[step].ViewVersion, $"step {step} was computed in view {cluster.Journal.Steps[step].ViewVersion}, not {covering[0].Version}");
            }
        }
    }
}
