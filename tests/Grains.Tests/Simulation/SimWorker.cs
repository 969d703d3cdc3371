using NSft.Grains.Contracts.Messages;
using NSft.Grains.ShardWorker;

namespace NSft.Grains.Tests.Simulation;

/// <summary>A worker as its grain is: asks the real protocol what to do with each message, then does it with simulated tensors.</summary>
internal sealed class SimWorker
{
    private readonly WorkerProtocol _protocol = new();
    private readonly SimCluster _cluster;
    private readonly SimBody _body;
    private readonly TaskCompletionSource<OpenReport> _opened = new();
    private bool _isOpening;
    private long _told;
    private Task<SeatReport>? _seated;
    private Task<PreparedReport>? _prepared;
    private Task<VoteReport>? _voted;
    private Task<CommitReport>? _committed;

    internal SimWorker(SimCluster cluster, SimSilo silo, string key, int device)
    {
        (_cluster, Silo, Key, Device) = (cluster, silo, key, device);
        _body = new SimBody(cluster, this);
        WatchForSilence();
    }

    internal SimWorld World => _cluster.World;

    internal SimSilo Silo { get; }

    internal string Key { get; }

    internal int Device { get; }

    internal bool IsClosed { get; private set; }

    internal bool IsOpen => _opened.Task.IsCompletedSuccessfully && !IsClosed && !Silo.IsDead;

    internal double Heard { get; private set; }

    internal SimSession Session => _body.Session;

    internal CommitRequest? LastCommit => _protocol.LastCommit;

    internal StepTicket? Voted => _protocol.Voted;

    internal Task<OpenReport> OpenAsync()
    {
        Heard = World.Now;
        if (!_isOpening)
        {
            _isOpening = true;
            World.Begin(async () =>
            {
                await Silo.DelayAsync(World.Uniform(0.1, 3));
                _opened.TrySetResult(new OpenReport(
                    null, Silo.Name, _cluster.Schedule.Steps, _cluster.Schedule.Shards, SimReference.DataBits, SimReference.PlanHash, 1, "layout", SimLayout.Layout.Length));
            });
        }

        return _opened.Task;
    }

    internal async Task<HaltReport> HaltAsync(long version)
    {
        if (!Hear())
        {
            return HaltReport.Failed(version, NotOpen());
        }

        var verdict = _protocol.Halt(version);
        _told = Math.Max(_told, version);
        if (verdict is not (Verdict.Do or Verdict.Repeated))
        {
            return HaltReport.Failed(_protocol.Promised, Refusal(verdict));
        }

        var missing = _body.Stop();
        if (_committed is { } applying)
        {
            await applying;
        }

        return _body.Describe(version, _protocol, _committed is { IsCompletedSuccessfully: true } ? await _committed : null, missing);
    }

    internal Task<SeatReport> TakeSeatAsync(SeatRequest request)
    {
        var version = request.View.Version;
        if (!Hear())
        {
            return Task.FromResult(new SeatReport(version, 0, NotOpen()));
        }

        var verdict = _protocol.Seat(version);
        if (verdict == Verdict.Do)
        {
            _seated = ReportAsync(
                async () =>
                {
                    await _body.SeatAsync(request, _protocol);
                    return new SeatReport(version, 0);
                },
                failure => new SeatReport(version, 0, failure));
        }

        return verdict is Verdict.Do or Verdict.Repeated ? _seated! : Task.FromResult(new SeatReport(version, 0, Refusal(verdict)));
    }

    internal async Task<SyncReport> SyncAsync(SeatRequest request)
    {
        var version = request.View.Version;
        if (!Hear())
        {
            return new SyncReport(version, 0, 0, NotOpen());
        }

        var verdict = _protocol.Sync(version);
        return verdict != Verdict.Do ? new SyncReport(version, 0, 0, Refusal(verdict)) : await ReportAsync(
            async () =>
            {
                await _body.CopyAsync(request);
                return new SyncReport(version, Session.NextStep, 0);
            },
            failure => new SyncReport(version, 0, 0, failure));
    }

    internal Task<PreparedReport> PrepareAsync(PrepareRequest request)
    {
        if (!Hear())
        {
            return Task.FromResult(PreparedReport.Failed(request.Ticket, NotOpen()));
        }

        var verdict = _protocol.Prepare(request.Ticket);
        if (verdict == Verdict.Do)
        {
            _prepared = ReportAsync(() => _body.PrepareAsync(request), failure => PreparedReport.Failed(request.Ticket, failure));
        }

        return verdict is Verdict.Do or Verdict.Repeated ? _prepared! : Task.FromResult(PreparedReport.Failed(request.Ticket, Refusal(verdict)));
    }

    internal Task<VoteReport> ReduceAsync(StepTicket ticket)
    {
        if (!Hear())
        {
            return Task.FromResult(VoteReport.No(ticket, "not open", 0, NotOpen()));
        }

        var verdict = _protocol.Reduce(ticket);
        if (verdict is Verdict.Stale or Verdict.Superseded)
        {
            return Task.FromResult(VoteReport.No(ticket, "refused", 0, Refusal(verdict)));
        }

        if (verdict == Verdict.Do)
        {
            _voted = ReportAsync(
                async () =>
                {
                    var vote = await _body.ReduceAsync(ticket);
                    return vote.Reason is not null || _protocol.VoteYes(ticket) ? vote : VoteReport.No(ticket, "the try was overtaken", 0);
                },
                failure => VoteReport.No(ticket, failure.Message, 0, failure));
        }

        return _voted!;
    }

    internal Task<CommitReport> CommitAsync(CommitRequest request)
    {
        if (!Hear())
        {
            return Task.FromResult(CommitReport.Failed(request.Ticket, NotOpen()));
        }

        var verdict = _protocol.Commit(request);
        if (verdict == Verdict.Do)
        {
            World.Require(request.Authority == _told, $"{Key} has told what it has for view {_told} and changes it on the word of {request.Authority}");
            _committed = ReportAsync(() => _body.CommitAsync(request), failure => CommitReport.Failed(request.Ticket, failure));
        }

        return verdict is Verdict.Do or Verdict.Repeated ? _committed! : Task.FromResult(CommitReport.Failed(request.Ticket, Refusal(verdict)));
    }

    internal AcceptOutcome AcceptPartial(StepTicket ticket, int sender, (int, ulong)[] partial) =>
        _body.Match(ticket) ?? _body.Exchange!.AcceptPartial(sender, partial);

    internal AcceptOutcome AcceptTotals(StepTicket ticket, int owner, ulong[] totals) =>
        _body.Match(ticket) ?? _body.Exchange!.AcceptTotals(owner, totals);

    internal AcceptOutcome AcceptWeights(StepTicket ticket, int owner, SimChunk[] weights) =>
        _body.Match(ticket) ?? _body.Exchange!.AcceptWeights(owner, weights);

    /// <summary>The worker's part of a checkpoint; null when it stands elsewhere.</summary>
    internal Task<SimPart?> CheckpointAsync(long version, int step)
    {
        Hear();
        return _body.SnapshotAsync(version, step);
    }

    internal async Task<ExportReport> ExportAsync() => Hear()
        ? await ReportAsync(
            () => _body.Trainer.RunAsync(0.1, () => new ExportReport($"{Session.NextStep}:{Session.State.WeightsDigest()}")),
            failure => new ExportReport(string.Empty, failure))
        : new ExportReport(string.Empty, NotOpen());

    internal void Close()
    {
        if (!IsClosed)
        {
            World.Note($"{Key} closes");
            IsClosed = true;
            _body.Stop();
            _body.Trainer.IsClosed = true;
            _opened.TrySetResult(OpenReport.Failed(new Failure(FailureKind.Lost, $"{Key} was let go")));
            Silo.Leave(this);
        }
    }

    internal Task<T> CallPeerAsync<T>(string peer, string what, Func<SimWorker, Task<T>> call) => _cluster.CallAsync(Silo, peer, what, call);

    private void WatchForSilence() => Silo.After(15, () =>
    {
        if (IsClosed)
        {
            return;
        }

        if (World.Now - Heard >= 15 && _cluster.Coordinator is { } coordinator && !coordinator.Machine.Knows(Key))
        {
            Close();
            return;
        }

        WatchForSilence();
    });

    private bool Hear()
    {
        Heard = World.Now;
        return IsOpen;
    }

    private Failure NotOpen() => new(FailureKind.Lost, $"{Key} is lost");

    private Failure Refusal(Verdict verdict) => new(
        verdict == Verdict.Superseded ? FailureKind.Superseded : FailureKind.Worker, $"{Key} refuses: {verdict} (promised {_protocol.Promised}, {_protocol.CommittedSteps} steps)");

    private async Task<T> ReportAsync<T>(Func<Task<T>> work, Func<Failure, T> failed)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            return failed(new Failure(FailureKind.Lost, $"{Key}: the work was stopped"));
        }
        catch (SimCallException exception)
        {
            return failed(new Failure(FailureKind.Lost, exception.Message));
        }
        catch (InvalidOperationException exception)
        {
            return failed(new Failure(FailureKind.Worker, $"{Key}: {exception.Message}"));
        }
    }
}
