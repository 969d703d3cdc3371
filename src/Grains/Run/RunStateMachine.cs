using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>
/// Decides everything a run does. Pure: no clock, no I/O, no randomness; the same events in the same order give the same commands.
/// The protocol document (docs/protocol.md) tells the same story at length.
/// </summary>
/// <remarks>
/// States. Phases are what users see (Opening, Running, Waiting, Paused, Exporting, and the ends); <see cref="Stage"/> is what the
/// coordinator waits for. Boundary: no step is in flight. A step: Preparing -> Reducing -> Committing -> Boundary. A view change:
/// Halting -> (Finishing) -> (Restoring) -> Seating -> Boundary. Saving and Exporting stand beside them.
///
/// Messages. Each command goes to workers as a call whose answer, or whose failure, comes back as an event. An answer is counted only
/// in the stage that waits for it and only with the ticket, view version or authority asked with; every other is ignored.
///
/// Invariants. (1) A step is committed only after all workers of its view voted yes on one try; the decision is known to workers by
/// its Commit alone, and a worker applies it only on the authority of the newest view version that it has promised to. (2) A version is
/// persisted before any worker hears of it, so two coordinators never use the same one; who was halted for a newer version refuses the
/// older. What cannot be undone (eviction by deadline, forgetting steps) follows a write, which a replaced coordinator fails. (3) A new
/// view takes up the highest step that any of its workers has applied; those that voted on it apply it first, others copy the state.
/// (4) Committed state is never taken from a worker that is behind; when nobody is left who has it, the run goes back to a checkpoint,
/// or to its beginning, and computes the same bits again. (5) A ticket is used once, and so is a worker's key.
///
/// Crashes. A worker that dies before Commit was sent: nothing was applied anywhere, the step is computed again in the next view with
/// the same samples. After Commit was sent: survivors hold totals or have applied them, Finishing brings all to the same step. In a
/// state transfer: the joiner is dropped, or copies from another source. A coordinator: the next activation restores the persisted
/// state, raises the version, halts all workers and goes on as after a loss. All holders of the state: Restoring.
/// </remarks>
internal sealed partial class RunStateMachine
{
    private readonly string _runId;
    private readonly RunPolicy _policy;
    private readonly Roster _roster;
    private readonly HashSet<string> _awaited = new(StringComparer.Ordinal);
    private List<RunCommand> _commands = [];
    private long _version;
    private long _stageId;
    private bool _isFleetExhausted;
    private bool _isPaused;
    private bool _isYielding;
    private int _openFailures;

    /// <summary>A run that was not started.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="policy">Its limits.</param>
    /// <param name="targetWorkers">Wanted number of workers.</param>
    internal RunStateMachine(string runId, RunPolicy policy, int targetWorkers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(policy.AttemptLimit, 2, nameof(policy));
        _runId = runId;
        _policy = policy;
        _roster = new Roster(runId);
        _ticket = new StepTicket(runId, 0, 0, 0);
        TargetWorkers = targetWorkers;
    }

    internal string RunId => _runId;

    internal RunPhase Phase { get; private set; }

    internal StageKind Stage { get; private set; }

    internal Failure? Failure { get; private set; }

    internal PlanFacts? Plan { get; private set; }

    internal ViewMessage? View { get; private set; }

    /// <summary>Number of committed steps, and so the next step.</summary>
    internal int CommittedSteps { get; private set; }

    internal int TargetWorkers { get; private set; }

    internal string? WeightsHash { get; private set; }

    /// <summary>Bytes of weights, gradients and optimizer state of all workers together.</summary>
    internal long HeldBytes => _roster.All.Sum(member => member.HeldBytes);

    /// <summary>Tries that were computed again with other exponents or after a no.</summary>
    internal int RedoneSteps { get; private set; }

    /// <summary>Steps in flight that were lost with a worker.</summary>
    internal int DiscardedSteps { get; private set; }

    /// <summary>Messages that workers said they dropped.</summary>
    internal long DroppedMessages { get; private set; }

    internal int LastCheckpointStep { get; private set; } = -1;

    /// <summary>Devices that the run could use now.</summary>
    internal int WantedWorkers => Phase.IsTerminal() ? 0 : Math.Max(0, TargetWorkers - _roster.StayingCount);

    /// <summary>How long to wait before another worker is opened: it grows while workers cannot open.</summary>
    internal TimeSpan OpenBackoff => TimeSpan.FromSeconds(_openFailures == 0 ? 0 : Math.Min(60, Math.Pow(2, _openFailures)));

    internal WorkerStatus[] Workers => _roster.Describe();

    /// <summary>Numbers of workers at the numbers of their stages.</summary>
    internal int[] WorkersByStage => _roster.Counts;

    /// <summary>Takes an event and tells what to do.</summary>
    internal IReadOnlyList<RunCommand> On(RunEvent happened)
    {
        _commands = [];
        if (Stage != StageKind.Ended)
        {
            Handle(happened);
            Drive();
        }

        return _commands;
    }

    /// <summary>Ends the run because the coordinator itself failed.</summary>
    internal IReadOnlyList<RunCommand> Fail(Failure failure)
    {
        _commands = [];
        End(RunPhase.Failed, failure);
        return _commands;
    }

    /// <summary>Whether a worker belongs to the run.</summary>
    internal bool Knows(string worker) => _roster.Find(worker) is not null;

    /// <summary>Whether the run still has workers on a silo.</summary>
    internal bool IsOn(string silo) => _roster.OnSilo(silo).Count > 0;

    /// <summary>Starts at a checkpoint: the first view finds nobody who has its state and looks for it.</summary>
    internal void ResumeAt(int committedSteps) => CommittedSteps = committedSteps;

    private void Handle(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.Began: HandleBegan(); break;
            case RunEvent.Granted granted: HandleGranted(granted.Grants); break;
            case RunEvent.FleetExhausted: _isFleetExhausted = true; break;
            case RunEvent.Opened opened: HandleOpened(opened.Worker, opened.Report); break;
            case RunEvent.Halted halted: HandleHalted(halted.Worker, halted.Report); break;
            case RunEvent.Seated seated: HandleSeated(seated.Worker, seated.Report); break;
            case RunEvent.Synced synced: HandleSynced(synced.Worker, synced.Report); break;
            case RunEvent.Prepared prepared: HandlePrepared(prepared.Worker, prepared.Report); break;
            case RunEvent.Voted voted: HandleVoted(voted.Worker, voted.Report); break;
            case RunEvent.Committed committed: HandleCommitted(committed); break;
            case RunEvent.Exported exported: HandleExported(exported); break;
            case RunEvent.SiloLost lost: HandleSiloLost(lost.Silo); break;
            case RunEvent.SiloDraining draining: _roster.OnSilo(draining.Silo).ForEach(member => _roster.Drain(member.Key)); break;
            case RunEvent.DeadlinePassed passed: HandleDeadline(passed.Stage); break;
            case RunEvent.CheckpointWritten written: HandleCheckpointWritten(written); break;
            case RunEvent.CheckpointFound found: HandleCheckpointFound(found); break;
            case RunEvent.Scaled scaled: HandleScaled(scaled.Workers); break;
            case RunEvent.Paused: HandlePaused(true); break;
            case RunEvent.Resumed: HandlePaused(false); break;
            case RunEvent.Yielded: _isYielding = true; break;
            case RunEvent.Cancelled: End(RunPhase.Cancelled, null); break;
        }
    }

    private void HandleBegan()
    {
        if (_isRestored)
        {
            foreach (var member in _roster.All.Where(member => member.Stage == WorkerStage.Opening).ToList())
            {
                // The call that it answers to was the lost coordinator's.
                Drop(member.Key);
            }

            Note(RunEventKind.CoordinatorRecovered, $"the coordinator takes up the run after {CommittedSteps} steps or later, with {_roster.StayingCount} workers known");
            if (_roster.All.Any(member => member.IsCandidate))
            {
                ChangeView();
            }

            return;
        }

        Phase = RunPhase.Opening;
        Do(new RunCommand.Persist());
        Note(RunEventKind.Started, $"the run starts; {TargetWorkers} workers are wanted");
    }

    private void HandleScaled(int workers)
    {
        if (workers != TargetWorkers)
        {
            Note(RunEventKind.Scaled, $"{workers} workers are wanted instead of {TargetWorkers}");
            TargetWorkers = workers;
            _isFleetExhausted = false;
            Do(new RunCommand.Persist());
        }
    }

    private void HandlePaused(bool isPaused)
    {
        if (_isPaused != isPaused)
        {
            _isPaused = isPaused;
            Note(isPaused ? RunEventKind.Paused : RunEventKind.Resumed, isPaused ? "the run pauses after the step in flight" : "the run goes on");
            Do(new RunCommand.Persist());
        }
    }

    private void End(RunPhase phase, Failure? failure)
    {
        Phase = phase;
        Failure = failure;
        Stage = StageKind.Ended;
        Note(
            phase switch { RunPhase.Completed => RunEventKind.Completed, RunPhase.Failed => RunEventKind.Failed, _ => RunEventKind.Cancelled },
            failure?.Message ?? (phase == RunPhase.Completed ? $"the run is complete after {CommittedSteps} steps" : $"the run was cancelled after {CommittedSteps} steps"));
        foreach (var member in _roster.All)
        {
            Do(new RunCommand.Close(member.Key));
        }

        Do(new RunCommand.Finish());
    }

    private void Drop(string worker)
    {
        _roster.Remove(worker);
        Do(new RunCommand.Close(worker));
    }

    /// <summary>A worker's failure in one line; messages that name the worker themselves do not get the name twice.</summary>
    private static string Told(string worker, string what, Failure failure) =>
        failure.Message.StartsWith(worker, StringComparison.Ordinal) ? failure.Message : $"{worker} {what}: {failure.Message}";

    private void Do(RunCommand command) => _commands.Add(command);

    private void Note(RunEventKind kind, string text, string? reason = null) => Do(new RunCommand.Note(kind, text, reason));

    private void Enter(StageKind stage, IEnumerable<string> awaited)
    {
        Stage = stage;
        _stageId++;
        _awaited.Clear();
        _awaited.UnionWith(awaited);
        if (stage != StageKind.Boundary)
        {
            Do(new RunCommand.Deadline(_stageId, stage));
        }
    }
}
