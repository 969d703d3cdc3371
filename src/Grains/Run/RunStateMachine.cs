using NSft.Collectives;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>
/// Decides every step of a run. Pure: no clock, no I/O, no randomness; the same reports in the same order give the same decisions.
/// </summary>
/// <remarks>
/// States. None, Opening (workers load), Running (a step is prepared, reduced, voted on, committed), Exporting, and the ends
/// Completed, Failed, Cancelled. The pending <see cref="RunDecision"/> is the finer state: it names the reports waited for.
///
/// Messages. Open -> reports: all workers must find the same plan. Seat -> the view is taken. Prepare -> loss and slice maxima of each
/// worker's shards. Without exponents (first step) or when a shard does not fit them, the maxima of all workers are merged into
/// explicit exponents and the step is prepared again: that depends on shard gradients alone, hence not on workers.
/// Reduce -> votes with the owners' parts of the gradient norm and magnitudes. All yes: the merged norm and next exponents go with
/// Commit. Any no: Discard, then Prepare the next try of the same step with the same samples. Commit -> next step, or Export after the last. Export -> all weight hashes equal: Close.
///
/// Invariants. (1) A step is committed only after a unanimous yes in one view, so weights on all workers are those of the same
/// last committed step between decisions. (2) A ticket (view, step, try) is used once and rises, so a late message is recognised.
/// (3) The run keeps the gradient norm and the loss of the committed try only. (4) Tries of a step are bounded.
///
/// Crashes. A worker that throws, times out or dies answers with a failure in the report of whatever was asked: the run ends as
/// Failed, nothing is exported. Before Commit was sent nothing has been applied anywhere; after it each worker applies the same
/// update or is lost. A coordinator that dies finds its persisted phase on re-activation and ends the run as Failed.
/// Cancel takes effect at the next report: the try in flight is discarded by closing the workers.
/// </remarks>
internal sealed class RunStateMachine
{
    private readonly string _runId;
    private readonly int _attemptLimit;
    private MembershipView? _view;
    private StepTicket _ticket;
    private RunDecision.Commit? _commit;
    private int[]? _exponents;
    private double _gradientNorm;
    private int _dataBits;
    private bool _isCancelled;

    /// <summary>A run that was not started.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="attemptLimit">Tries of one step before the run fails.</param>
    internal RunStateMachine(string runId, int attemptLimit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attemptLimit, 2);
        _runId = runId;
        _attemptLimit = attemptLimit;
        _ticket = new StepTicket(runId, 0, 0, 0);
    }

    internal RunPhase Phase { get; private set; }

    internal Failure? Failure { get; private set; }

    internal ViewMessage? View { get; private set; }

    /// <summary>Number of committed steps, and so the next step.</summary>
    internal int CommittedSteps { get; private set; }

    internal int TotalSteps { get; private set; }

    internal int ShardCount { get; private set; }

    internal string PlanHash { get; private set; } = string.Empty;

    internal string? WeightsHash { get; private set; }

    /// <summary>Bytes of weights, gradients and optimizer state of all workers together.</summary>
    internal long HeldBytes { get; private set; }

    internal int RedoneSteps { get; private set; }

    /// <summary>The step committed by the last decision round, if any.</summary>
    internal StepMessage? LastCommitted { get; private set; }

    /// <summary>Keys of the workers, in seat order: reports are listed in this order.</summary>
    internal IReadOnlyList<string> Workers => _view?.Members ?? [];

    /// <summary>Starts with these workers.</summary>
    internal RunDecision Start(IEnumerable<string> workers)
    {
        _view = new MembershipView(1, workers);
        Phase = RunPhase.Opening;
        return new RunDecision.Open();
    }

    /// <summary>The run ends at the next report.</summary>
    internal void Cancel() => _isCancelled = true;

    /// <summary>The run ends now, whatever was pending.</summary>
    internal RunDecision Fail(Failure failure)
    {
        if (!Phase.IsTerminal())
        {
            Phase = RunPhase.Failed;
            Failure = failure;
        }

        return new RunDecision.Close();
    }

    /// <summary>All workers have answered <see cref="RunDecision.Open"/>.</summary>
    internal RunDecision OnOpened(IReadOnlyList<OpenReport> reports)
    {
        if (Ended(reports.Select(report => report.Failure)) is { } end)
        {
            return end;
        }

        var first = reports[0];
        for (var worker = 1; worker < reports.Count; worker++)
        {
            if (reports[worker] with { Silo = first.Silo } != first)
            {
                return Fail(new Failure(
                    FailureKind.Divergence,
                    $"workers {Workers[0]} and {Workers[worker]} see different plans: model, data or options differ between their machines"));
            }
        }

        TotalSteps = first.TotalSteps;
        ShardCount = first.ShardCount;
        PlanHash = first.PlanHash;
        HeldBytes = reports.Sum(report => report.HeldBytes);
        _dataBits = first.DataBits;
        var silos = reports.Select((report, seat) => (Workers[seat], report.Silo)).ToDictionary();
        View = RunView.Describe(_view!, silos, CommittedSteps, ShardCount);
        return new RunDecision.Seat(View);
    }

    /// <summary>All workers have answered <see cref="RunDecision.Seat"/>.</summary>
    internal RunDecision OnSeated(IReadOnlyList<Failure?> failures)
    {
        if (Ended(failures) is { } end)
        {
            return end;
        }

        Phase = RunPhase.Running;
        return NextStep();
    }

    /// <summary>All workers have answered <see cref="RunDecision.Prepare"/>.</summary>
    internal RunDecision OnPrepared(IReadOnlyList<PreparedReport> reports)
    {
        if (Ended(reports.Select(report => report.Failure)) is { } end)
        {
            return end;
        }

        PrepareReport[] measured = [.. reports.Select(Measured)];
        var decision = StepPolicy.Decide(_ticket.Step, ShardCount, _dataBits, measured);
        switch (decision.Action)
        {
            case StepAction.Commit:
                _commit = new RunDecision.Commit(_ticket, decision.Sums, decision.Counts, Norm: 0, NextExponents: null);
                return new RunDecision.Reduce(_ticket);
            case StepAction.Redo:
                _exponents = decision.Exponents;
                return NextAttempt(decision.Reason) ?? new RunDecision.Prepare(_ticket, _exponents);
            default:
                var isFinite = measured.All(report => report.IsFinite);
                return Fail(new Failure(isFinite ? FailureKind.Divergence : FailureKind.UserInput, decision.Reason));
        }
    }

    /// <summary>All workers have answered <see cref="RunDecision.Reduce"/>.</summary>
    internal RunDecision OnReduced(IReadOnlyList<VoteReport> votes)
    {
        if (Ended(votes.Select(vote => vote.Failure)) is { } end)
        {
            return end;
        }

        for (var worker = 0; worker < votes.Count; worker++)
        {
            if (votes[worker].Reason is { } reason)
            {
                return RedoAfterVote($"{Workers[worker]} voted no: {reason}");
            }
        }

        _gradientNorm = ReduceMerge.Norm(votes.Select(vote => vote.BlockSums));
        _commit = _commit! with { Norm = _gradientNorm, NextExponents = ReduceMerge.NextExponents(_dataBits, [.. votes.Select(vote => vote.SliceMaxima)]) };
        return _commit;
    }

    /// <summary>All workers have answered <see cref="RunDecision.Discard"/>.</summary>
    internal RunDecision OnDiscarded(IReadOnlyList<Failure?> failures) =>
        Ended(failures) ?? new RunDecision.Prepare(_ticket, _exponents);

    /// <summary>All workers have answered <see cref="RunDecision.Commit"/>.</summary>
    internal RunDecision OnCommitted(IReadOnlyList<CommitReport> reports)
    {
        if (Ended(reports.Select(report => report.Failure)) is { } end)
        {
            return end;
        }

        CommittedSteps = _ticket.Step + 1;
        LastCommitted = new StepMessage(
            _ticket.Step,
            reports[0].Loss,
            _gradientNorm,
            reports[0].LearningRate,
            reports[0].Tokens,
            reports[0].Metrics,
            _ticket.View,
            _ticket.Attempt + 1);
        return NextStep();
    }

    /// <summary>All workers have answered <see cref="RunDecision.Export"/>.</summary>
    internal RunDecision OnExported(IReadOnlyList<ExportReport> reports)
    {
        if (Ended(reports.Select(report => report.Failure)) is { } end)
        {
            return end;
        }

        for (var worker = 1; worker < reports.Count; worker++)
        {
            if (reports[worker].WeightsHash != reports[0].WeightsHash)
            {
                return Fail(new Failure(FailureKind.Divergence, $"weights of {Workers[0]} and {Workers[worker]} differ after {CommittedSteps} steps"));
            }
        }

        WeightsHash = reports[0].WeightsHash;
        Phase = RunPhase.Completed;
        return new RunDecision.Close();
    }

    private static PrepareReport Measured(PreparedReport report) => new(
        report.Ticket.Step,
        report.PlanHash,
        [.. report.Shards.Select(shard => new ShardOutcome(shard.Shard, shard.Sums, shard.Counts))],
        report.SliceMaxima,
        report.IsSummed);

    private RunDecision NextStep()
    {
        if (CommittedSteps == TotalSteps)
        {
            Phase = RunPhase.Exporting;
            return new RunDecision.Export();
        }

        _ticket = new StepTicket(_runId, View!.Version, CommittedSteps, 0);
        _exponents = null;
        return new RunDecision.Prepare(_ticket, _exponents);
    }

    private RunDecision RedoAfterVote(string reason)
    {
        var discarded = _ticket;
        return NextAttempt(reason) ?? new RunDecision.Discard(discarded);
    }

    private RunDecision? NextAttempt(string reason)
    {
        if (_ticket.Attempt + 1 >= _attemptLimit)
        {
            return Fail(new Failure(FailureKind.NoAgreement, $"step {_ticket.Step} was tried {_attemptLimit} times: {reason}"));
        }

        RedoneSteps++;
        _ticket = _ticket with { Attempt = _ticket.Attempt + 1 };
        return null;
    }

    private RunDecision? Ended(IEnumerable<Failure?> failures)
    {
        var found = failures.FirstOrDefault(failure => failure is not null);
        if (_isCancelled)
        {
            Phase = RunPhase.Cancelled;
            return new RunDecision.Close();
        }

        return found is null ? null : Fail(found);
    }
}
