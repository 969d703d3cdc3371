using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Instruments;

namespace NSft.Grains.Run;

/// <summary>Steps: prepare, reduce, commit, and the export after the last one.</summary>
internal sealed partial class RunStateMachine
{
    private readonly Dictionary<string, PreparedReport> _prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VoteReport> _votes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExportReport> _exports = new(StringComparer.Ordinal);
    private StepTicket _ticket;
    private StepDecision? _totals;
    private CommitRequest? _commit;
    private CommitReport? _firstReport;
    private int[]? _exponents;
    private int[]? _wanted;
    private bool _isDecided;

    private void BeginStep()
    {
        _ticket = new StepTicket(_runId, _version, CommittedSteps, 0);
        Prepare(null);
    }

    private void Prepare(int[]? exponents)
    {
        _wanted = exponents;
        _prepared.Clear();
        _votes.Clear();
        _totals = null;
        _isDecided = false;
        Enter(StageKind.Preparing, Seated);
        Do(new RunCommand.Prepare(Seated, new PrepareRequest(_ticket, exponents)));
    }

    private void HandlePrepared(string worker, PreparedReport report)
    {
        if (Stage != StageKind.Preparing || report.Ticket != _ticket || !_awaited.Remove(worker))
        {
            return;
        }

        if (report.Failure is { } failure)
        {
            Lose(worker, failure);
            return;
        }

        _prepared[worker] = report;
        if (_awaited.Count == 0)
        {
            DecidePrepared();
        }
    }

    private void DecidePrepared()
    {
        PrepareReport[] measured = [.. Active.Select(key => Measured(_prepared[key]))];
        var decision = StepPolicy.Decide(_ticket.Step, Plan!.ShardCount, Plan.DataBits, measured);
        switch (decision.Action)
        {
            case StepAction.Commit:
                _totals = decision;
                Enter(StageKind.Reducing, Seated);
                Do(new RunCommand.Reduce(Seated, _ticket));
                break;
            case StepAction.Redo:
                Redo(decision.Reason, decision.Exponents, DiscardReason.Exponents);
                break;
            default:
                var isFinite = measured.All(report => report.IsFinite);
                End(RunPhase.Failed, new Failure(isFinite ? FailureKind.Divergence : FailureKind.UserInput, decision.Reason));
                break;
        }
    }

    private void HandleVoted(string worker, VoteReport report)
    {
        if (Stage != StageKind.Reducing || report.Ticket != _ticket || !_awaited.Remove(worker))
        {
            return;
        }

        if (report.Failure is { } failure)
        {
            Lose(worker, failure);
        }
        else if (report.Reason is { } reason)
        {
            Redo($"step {_ticket.Step}: {worker} voted no: {reason}", null, DiscardReason.VotedNo);
        }
        else
        {
            _votes[worker] = report;
            if (_awaited.Count == 0)
            {
                DecideVotes();
            }
        }
    }

    /// <summary>All said yes: norm and exponents follow from what the owners saw, in block order, which is seat order.</summary>
    private void DecideVotes()
    {
        VoteReport[] owners = [.. Active.Select(key => _votes[key])];
        DroppedMessages = _votes.Values.Sum(vote => vote.DroppedMessages);
        var norm = ReduceMerge.Norm(owners.Select(vote => vote.BlockSums));
        if (!double.IsFinite(norm))
        {
            Redo($"step {_ticket.Step}: the gradient is not finite", null, DiscardReason.NotFinite);
            return;
        }

        var exponents = ReduceMerge.NextExponents(Plan!.DataBits, [.. owners.Select(vote => vote.SliceMaxima)]);
        _commit = new CommitRequest(_ticket, _totals!.Sums, _totals.Counts, norm, exponents, _version);
        _isDecided = true;
        _firstReport = null;
        Enter(StageKind.Committing, Seated);
        Do(new RunCommand.Commit(Seated, _commit));
    }

    private void HandleCommitted(RunEvent.Committed committed)
    {
        var (worker, report) = (committed.Worker, committed.Report);
        if (Stage is not (StageKind.Committing or StageKind.Finishing)
            || report.Ticket != _commit!.Ticket
            || committed.Authority != _commit.Authority
            || !_awaited.Remove(worker))
        {
            return;
        }

        if (report.Failure is { } failure)
        {
            Lose(worker, failure);
            return;
        }

        _firstReport ??= report;
        if (Stage == StageKind.Finishing)
        {
            // It applies in its new view what it voted for in the old one: the same as those before it.
            _halted[worker] = _halted[worker] with
            {
                CommittedSteps = report.Ticket.Step + 1,
                LastCommit = _commit,
                LastReport = report,
                Weights = _halted[worker].Moments,
                NextExponents = _commit.NextExponents,
            };
            if (_awaited.Count == 0)
            {
                PlanView();
            }
        }
        else if (_awaited.Count == 0)
        {
            OnCommitted();
        }
    }

    private void OnCommitted()
    {
        CommittedSteps = _ticket.Step + 1;
        _exponents = _commit!.NextExponents;
        _isDecided = false;
        Do(new RunCommand.RecordStep(Describe(_commit, _firstReport!)));
        Enter(StageKind.Boundary, []);
    }

    private void HandleExported(RunEvent.Exported exported)
    {
        var (worker, report) = (exported.Worker, exported.Report);
        if (Stage != StageKind.Exporting || exported.Version != _version || !_awaited.Remove(worker))
        {
            return;
        }

        if (report.Failure is { } failure)
        {
            Lose(worker, failure);
            return;
        }

        _exports[worker] = report;
        if (_awaited.Count > 0)
        {
            return;
        }

        var first = _exports[Active[0]].WeightsHash;
        if (Active.FirstOrDefault(key => _exports[key].WeightsHash != first) is { } other)
        {
            End(RunPhase.Failed, new Failure(FailureKind.Divergence, $"weights of {Active[0]} and {other} differ after {CommittedSteps} steps"));
            return;
        }

        WeightsHash = first;
        End(RunPhase.Completed, null);
    }

    private void Redo(string reason, int[]? exponents, string label)
    {
        if (_ticket.Attempt + 1 >= _policy.AttemptLimit)
        {
            End(RunPhase.Failed, new Failure(FailureKind.NoAgreement, $"step {_ticket.Step} was tried {_policy.AttemptLimit} times: {reason}"));
            return;
        }

        RedoneSteps++;
        Note(RunEventKind.StepRedone, reason, label);
        _ticket = _ticket with { Attempt = _ticket.Attempt + 1 };
        Prepare(exponents ?? _wanted);
    }

    private static StepMessage Describe(CommitRequest commit, CommitReport report) => new(
        commit.Ticket.Step,
        report.Loss,
        commit.Norm,
        report.LearningRate,
        report.Tokens,
        report.Metrics,
        commit.Ticket.View,
        commit.Ticket.Attempt + 1);

    private static PrepareReport Measured(PreparedReport report) => new(
        report.Ticket.Step,
        report.PlanHash,
        [.. report.Shards.Select(shard => new ShardOutcome(shard.Shard, shard.Sums, shard.Counts))],
        report.SliceMaxima,
        report.IsSummed);
}
