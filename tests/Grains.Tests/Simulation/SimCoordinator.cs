using System.Globalization;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Tests.Simulation;

/// <summary>Drives the real state machine as the conductor and the run grain do.</summary>
internal sealed class SimCoordinator
{
    private readonly SimCluster _cluster;
    private readonly RunState _state;
    private readonly Queue<RunEvent> _events = new();
    private readonly SimCalls _calls;
    private int _tag;
    private long _deadline;
    private bool _isPumping;
    private bool _isAsking;
    private double _pollPause = 0.1;

    internal SimCoordinator(SimCluster cluster, SimSilo silo)
    {
        (_cluster, Silo) = (cluster, silo);
        (_state, _tag) = (cluster.Store.Read(), cluster.Store.Tag);
        var schedule = cluster.Schedule;
        var policy = new RunPolicy(1000, schedule.MinWorkers, schedule.Mode, schedule.CheckpointEvery, schedule.KeepsCheckpoints);
        Machine = new RunStateMachine("run", policy, _state.Phase == RunPhase.None ? schedule.TargetWorkers : _state.TargetWorkers);
        if (_state.Phase != RunPhase.None)
        {
            Machine.Restore(_state);
        }

        _calls = new SimCalls(cluster, this);
        cluster.World.Note($"a coordinator is active on {silo.Name}, committed {_state.CommittedSteps}, version {_state.Version}");
        silo.After(0.01, () => Post(new RunEvent.Began()));
        silo.After(0.02, WatchSilos);
        silo.After(0.05, PollFleet);
    }

    internal SimSilo Silo { get; }

    internal RunStateMachine Machine { get; }

    internal bool IsDone { get; private set; }

    private SimWorld World => _cluster.World;

    internal void Post(RunEvent happened)
    {
        _events.Enqueue(happened);
        if (!_isPumping)
        {
            _isPumping = true;
            World.Begin(PumpAsync);
        }
    }

    internal void WatchSilos()
    {
        foreach (var silo in Machine.Workers.Select(worker => worker.Silo).Distinct().ToList())
        {
            if (_cluster.IsDeclaredDead(silo))
            {
                Post(new RunEvent.SiloLost(silo));
            }
            else if (_cluster.IsDraining(silo))
            {
                Post(new RunEvent.SiloDraining(silo));
            }
        }
    }

    /// <summary>Takes the workers of a silo out; when it is the coordinator's own, nothing new is begun after that.</summary>
    internal void Drain(SimSilo silo)
    {
        Post(new RunEvent.SiloDraining(silo.Name));
        Poll();

        void Poll() => Silo.After(0.1, () =>
        {
            if (IsDone)
            {
                silo.Kill();
            }
            else if (Machine.IsOn(silo.Name))
            {
                Poll();
            }
            else if (silo != Silo)
            {
                silo.Kill();
            }
            else if (Machine.Stage != StageKind.Boundary)
            {
                Post(new RunEvent.Yielded());
                Poll();
            }
            else
            {
                silo.Kill();
            }
        });
    }

    private async Task PumpAsync()
    {
        while (!IsDone && _events.TryDequeue(out var happened))
        {
            if (World.IsTracing)
            {
                World.Note($"[{Silo.Name} v{Machine.View?.Version} {Machine.Stage}] {happened}");
            }

            foreach (var command in Machine.On(happened))
            {
                if (IsDone)
                {
                    break;
                }

                await DoAsync(command);
            }
        }

        _isPumping = false;
    }

    private async Task DoAsync(RunCommand command)
    {
        if (World.IsTracing && command is not RunCommand.Deadline)
        {
            World.Note($"[{Silo.Name} v{Machine.View?.Version} {Machine.Stage}]   -> {Describe(command)}");
        }

        _cluster.Invariants.Commanded(this, command);
        switch (command)
        {
            case RunCommand.Persist:
                await PersistAsync(isEnd: false);
                break;
            case RunCommand.Finish:
                await PersistAsync(isEnd: true);
                _cluster.Invariants.Ended(Machine, IsDone);
                Stop();
                break;
            case RunCommand.Abdicate:
                Stop();
                break;
            case RunCommand.RecordStep step:
                _cluster.Journal.Add(step.Step);
                break;
            case RunCommand.ForgetSteps forget:
                _cluster.Journal.Forget(forget.From);
                break;
            case RunCommand.Deadline deadline:
                Begin(deadline);
                break;
            case RunCommand.Note:
                break;
            default:
                _calls.Begin(command);
                break;
        }
    }

    private async Task PersistAsync(bool isEnd)
    {
        var before = _state.Phase;
        Machine.Save(_state);
        if (!isEnd && Machine.Phase.IsTerminal())
        {
            _state.Phase = before;
        }

        var written = SimStore.Copy(_state);
        await Silo.DelayAsync(World.Uniform(0.001, 0.01));
        var isWritten = _cluster.Store.TryWrite(written, _tag);
        await Silo.DelayAsync(World.Uniform(0.001, 0.01));
        if (isWritten)
        {
            _tag++;
        }
        else
        {
            World.Note($"[{Silo.Name}] another coordinator has written");
            Stop();
        }
    }

    private void Stop()
    {
        IsDone = true;
        _cluster.Abdicated(this);
    }

    private void Begin(RunCommand.Deadline deadline)
    {
        _deadline = deadline.Stage;
        var seconds = deadline.Kind switch
        {
            StageKind.Halting => 5,
            StageKind.Finishing => 120,
            StageKind.Saving => 600,
            StageKind.Seating or StageKind.Restoring => 1800,
            StageKind.Exporting => 3600,
            _ => 20,
        };
        Silo.After(seconds, () =>
        {
            if (_deadline == deadline.Stage && !IsDone)
            {
                Post(new RunEvent.DeadlinePassed(deadline.Stage));
            }
        });
    }

    private void PollFleet()
    {
        if (IsDone)
        {
            return;
        }

        _pollPause = Machine.WantedWorkers == 0 ? 0.1 : Math.Min(1, _pollPause * 1.5);
        if (Machine.WantedWorkers > 0 && !_isAsking && Machine.Phase != RunPhase.None)
        {
            _isAsking = true;
            Silo.After(World.Uniform(0.002, 0.05), () =>
            {
                _isAsking = false;
                var wanted = Machine.WantedWorkers;
                var grants = _cluster.Acquire(wanted);
                if (grants.Length > 0)
                {
                    Post(new RunEvent.Granted(grants));
                }

                if (grants.Length < wanted)
                {
                    Post(new RunEvent.FleetExhausted());
                }
            });
        }

        Silo.After(Math.Max(_pollPause, Machine.WantedWorkers == 0 ? 0.3 : Machine.OpenBackoff.TotalSeconds), PollFleet);
    }

    private static string Describe(RunCommand command) => command switch
    {
        RunCommand.Halt halt => $"Halt {halt.Version} [{string.Join(' ', halt.Workers)}]",
        RunCommand.Seat seat => $"Seat {seat.Worker} v{seat.Request.View.Version} step {seat.Request.CommittedSteps} sources [{string.Join(' ', seat.Request.Sources.Select(source => source.Key))}] {seat.Request.CheckpointDirectory}",
        RunCommand.Prepare prepare => $"Prepare {prepare.Request.Ticket} [{string.Join(' ', prepare.Workers)}]",
        RunCommand.Commit commit => $"Commit {commit.Request.Ticket} by {commit.Request.Authority} [{string.Join(' ', commit.Workers)}]",
        RunCommand.Note note => note.Text,
        _ => Convert.ToString(command, CultureInfo.InvariantCulture)!,
    };
}
