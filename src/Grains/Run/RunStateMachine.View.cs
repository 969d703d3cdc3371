using NSft.Grains.Contracts.Messages;
using NSft.Grains.Instruments;

namespace NSft.Grains.Run;

/// <summary>View changes.</summary>
internal sealed partial class RunStateMachine
{
    private readonly Dictionary<string, HaltReport> _halted = new(StringComparer.Ordinal);
    private ViewPlan? _viewPlan;
    private bool _hasStalled;
    private int _unblamedStalls;
    private int _seatFailures;

    /// <summary>Begins a view change; a step in flight ends with it.</summary>
    /// <param name="reason">Why the step in flight ends; see <see cref="DiscardReason"/>.</param>
    private void ChangeView(string reason = DiscardReason.WorkerLost)
    {
        if (Stage is StageKind.Preparing or StageKind.Reducing)
        {
            DiscardedSteps++;
            Note(RunEventKind.StepDiscarded, $"step {_ticket.Step} is discarded and will be computed again with the same samples", reason);
        }

        _version++;
        _halted.Clear();
        _viewPlan = null;
        string[] candidates = [.. _roster.All.Where(member => member.IsCandidate).Select(member => member.Key)];
        Do(new RunCommand.Persist());
        Enter(StageKind.Halting, candidates);
        Do(new RunCommand.Halt(candidates, _version));
        if (candidates.Length == 0)
        {
            OnAllHalted();
        }
    }

    private void HandleHalted(string worker, HaltReport report)
    {
        if (report.Failure is { Kind: FailureKind.Superseded } && report.Version > _version)
        {
            Abdicate();
            return;
        }

        if (Stage != StageKind.Halting || !_awaited.Contains(worker) || (report.Failure is null && report.Version != _version))
        {
            return;
        }

        _awaited.Remove(worker);
        if (report.Failure is { } failure)
        {
            Note(RunEventKind.WorkerLost, Told(worker, "is lost", failure), DeathOf(failure));
            Drop(worker);
        }
        else
        {
            _halted[worker] = report;
        }

        OnAllHaltedIfSo();
    }

    private void OnAllHaltedIfSo()
    {
        if (_awaited.Count == 0)
        {
            OnAllHalted();
        }
    }

    private void OnAllHalted()
    {
        EvictStalled();
        var decided = FindDecided();
        if (decided is not null)
        {
            string[] behind = [.. _halted.Where(one => one.Value.Voted == decided.Ticket && one.Value.CommittedSteps == decided.Ticket.Step).Select(one => one.Key)];
            if (behind.Length > 0)
            {
                _commit = decided with { Authority = _version };
                Enter(StageKind.Finishing, behind);
                Do(new RunCommand.Commit(behind, _commit));
                return;
            }
        }

        PlanView();
    }

    /// <summary>The commit of the highest step that anybody has applied, or that this coordinator has decided.</summary>
    private CommitRequest? FindDecided()
    {
        var applied = _halted.Values.Where(report => report.LastCommit is not null).MaxBy(report => report.CommittedSteps)?.LastCommit;
        var own = _isDecided ? _commit : null;
        return applied is null || (own is not null && own.Ticket.Step >= applied.Ticket.Step) ? own : applied;
    }

    private void PlanView()
    {
        TakeUpCommitted();
        var candidates = Candidates();
        if (candidates.Count == 0)
        {
            View = null;
            Enter(StageKind.Boundary, []);
            return;
        }

        var plan = ViewPlan.Make(_version, Plan!, _policy.StateMode, CommittedSteps, candidates);
        if (plan.IsStateWhole && (CommittedSteps > 0 || candidates.All(one => one.Report.CommittedSteps == 0)))
        {
            Seat(plan, null);
        }
        else
        {
            Enter(StageKind.Restoring, []);
            Do(new RunCommand.FindCheckpoint());
        }
    }

    /// <summary>The highest step that a worker has applied is committed, also when its commit was sent by an earlier coordinator.</summary>
    private void TakeUpCommitted()
    {
        _isDecided = false;
        if (_halted.Count == 0 || _halted.Values.Max(report => report.CommittedSteps) < CommittedSteps)
        {
            return;
        }

        CommittedSteps = _halted.Values.Max(report => report.CommittedSteps);
        var current = _halted.Values.Where(report => report.CommittedSteps == CommittedSteps).ToList();
        _exponents = current.Select(report => report.NextExponents).FirstOrDefault(exponents => exponents is not null);
        if (current.Find(report => report is { LastCommit: not null, LastReport: not null }) is { LastCommit: { } commit, LastReport: { } last })
        {
            Do(new RunCommand.RecordStep(Describe(commit, last)));
        }
    }

    private List<(RosterMember Member, HaltReport Report)> Candidates() =>
        [.. _halted.Where(one => Knows(one.Key)).Select(one => (_roster.Find(one.Key)!, one.Value))];

    private void HandleCheckpointFound(RunEvent.CheckpointFound found)
    {
        foreach (var problem in found.Problems)
        {
            Note(RunEventKind.CheckpointDamaged, problem);
        }

        if (Stage != StageKind.Restoring)
        {
            return;
        }

        if (found.Directory is null)
        {
            // Whoever has trained cannot go back to the initial weights; those that have only opened can begin.
            foreach (var (member, report) in Candidates().Where(one => one.Report.CommittedSteps > 0))
            {
                _halted.Remove(member.Key);
                Drop(member.Key);
            }
        }

        RollBack(found.Directory is null ? 0 : found.Step, found.NextExponents);
        var plan = ViewPlan.FromCheckpoint(_version, Plan!, CommittedSteps, Candidates().Select(one => one.Member));
        Seat(plan, found.Directory);
    }

    private void RollBack(int step, int[]? exponents)
    {
        if (step != CommittedSteps || View is not null)
        {
            Note(RunEventKind.RolledBack, $"no worker has the state after {CommittedSteps} steps: the run goes on from step {step}");
        }
        else
        {
            Note(RunEventKind.Resumed, $"the run goes on from the checkpoint after {step} steps");
        }

        CommittedSteps = step;
        LastCheckpointStep = step > 0 ? step : -1;
        _exponents = exponents;

        // Persisting first proves that no other coordinator has taken over: what is recorded is not this one's any more then.
        Do(new RunCommand.Persist());
        Do(new RunCommand.ForgetSteps(step));
    }

    private void Seat(ViewPlan plan, string? checkpoint)
    {
        if (plan.View.Seats.Length == 0)
        {
            CloseLeavers();
            View = null;
            Enter(StageKind.Boundary, []);
            return;
        }

        _viewPlan = plan;
        View = plan.View;
        Do(new RunCommand.Persist());
        Note(RunEventKind.ViewChanged, Describe(plan.View));
        Enter(StageKind.Seating, Seated);
        for (var seat = 0; seat < plan.View.Seats.Length; seat++)
        {
            Do(new RunCommand.Seat(plan.View.Seats[seat].Key, SeatRequestOf(plan, seat, checkpoint)));
        }
    }

    private SeatRequest SeatRequestOf(ViewPlan plan, int seat, string? checkpoint) =>
        new(_runId, plan.View, seat, CommittedSteps, _exponents, plan.Sources, checkpoint);

    private void HandleSeated(string worker, SeatReport report)
    {
        if (Stage != StageKind.Seating || report.Version != _version || !_awaited.Remove(worker))
        {
            return;
        }

        if (report.Failure is null)
        {
            if (_awaited.Count == 0)
            {
                OnSettled();
            }
        }
        else if (report.Failure.Kind == FailureKind.Lost && ++_seatFailures < _policy.AttemptLimit)
        {
            // Its source is gone, not the worker: the next view finds another one.
            ChangeView();
        }
        else
        {
            Lose(worker, report.Failure);
        }
    }

    /// <summary>All have their seats: who left may go now, since nobody copies from it any more.</summary>
    private void OnSettled()
    {
        _seatFailures = 0;
        CloseLeavers();
        for (var seat = 0; seat < View!.Seats.Length; seat++)
        {
            var (key, isPassive) = (View.Seats[seat].Key, View.Seats[seat].IsPassive);
            _roster.Move(key, isPassive ? WorkerStage.Joining : WorkerStage.Active);
            if (isPassive)
            {
                Do(new RunCommand.Sync(key, SeatRequestOf(_viewPlan!, seat, null)));
            }
        }

        Enter(StageKind.Boundary, []);
    }

    private void CloseLeavers()
    {
        foreach (var member in _roster.All.Where(member => member.Stage == WorkerStage.Draining).ToList())
        {
            Note(RunEventKind.WorkerDrained, $"{member.Key} has left after {CommittedSteps} steps");
            Drop(member.Key);
        }
    }

    private void HandleSynced(string worker, SyncReport report)
    {
        if (report.Version != _version || _roster.Find(worker) is not { Stage: WorkerStage.Joining } member)
        {
            return;
        }

        if (report.Failure is { } failure)
        {
            Lose(worker, failure);
            return;
        }

        _roster.Set(member with { IsSynced = true });
        Note(RunEventKind.WorkerSynced, $"{worker} has copied the state after {report.Step} steps ({report.CopiedBytes} bytes)");
    }

    /// <summary>In an exchange that stood still, the peer that most of the others waited for leaves.</summary>
    private void EvictStalled()
    {
        if (!_hasStalled)
        {
            return;
        }

        _hasStalled = false;
        var named = _halted.SelectMany(one => one.Value.Missing).GroupBy(key => key).OrderByDescending(group => group.Count()).ToList();
        var isClear = named.Count > 0 && (named.Count == 1 || named[0].Count() > named[1].Count());
        if (!isClear && ++_unblamedStalls < 2)
        {
            return;
        }

        _unblamedStalls = 0;
        if ((isClear ? named[0].Key : _halted.Keys.Max(StringComparer.Ordinal)) is { } blamed && _halted.Count > 1 && _halted.Remove(blamed))
        {
            Note(RunEventKind.WorkerEvicted, $"{blamed} kept the others waiting in the exchange beyond the deadline", DeathReason.Deadline);
            Drop(blamed);
        }
    }

    private void Abdicate()
    {
        Stage = StageKind.Ended;
        Do(new RunCommand.Abdicate());
    }

    private static string Describe(ViewMessage view) =>
        $"view {view.Version} from step {view.FirstStep}: {string.Join(", ", view.Seats.Select(seat => seat.IsPassive ? $"{seat.Key} (joining)" : $"{seat.Key} ({seat.ShardCount} shards)"))}";
}
