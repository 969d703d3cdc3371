using NSft.Grains.Contracts.Messages;
using NSft.Grains.Instruments;
using Orleans.Storage;

namespace NSft.Grains.Run;

/// <summary>
/// Does what the <see cref="RunStateMachine"/> decides and tells it what came of it, one event after the other. Runs on the run grain's
/// scheduler; calls to workers go on in the meantime.
/// </summary>
internal sealed class RunConductor
{
    private readonly RunRequest _request;
    private readonly RunStateMachine _machine;
    private readonly IRunHost _host;
    private readonly WorkerCalls _calls;
    private readonly CheckpointWriter _checkpoints;
    private readonly TimeProvider _time;
    private readonly RunClock _clock;
    private readonly Queue<RunEvent> _events = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<RunEvent>? _checkpoint;
    private bool _isPumping;

    /// <summary>A conductor that waits for its first event.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="request">What to train.</param>
    /// <param name="machine">Decides.</param>
    /// <param name="host">Persists, records, and ends.</param>
    /// <param name="grains">Reaches workers and data.</param>
    /// <param name="time">Clock of deadlines.</param>
    internal RunConductor(string runId, RunRequest request, RunStateMachine machine, IRunHost host, IGrainFactory grains, TimeProvider time)
    {
        _request = request;
        _machine = machine;
        _host = host;
        _calls = new WorkerCalls(runId, request, grains);
        _checkpoints = new CheckpointWriter(runId, request, host.Checkpoints, _calls, time);
        _time = time;
        _clock = new RunClock(time, Elastic.StepDeadlineSeconds);
    }

    /// <summary>The run has ended here, or another coordinator has it.</summary>
    internal bool IsDone => _done.Task.IsCompleted;

    /// <summary>Completes when <see cref="IsDone"/>.</summary>
    internal Task Done => _done.Task;

    private ElasticOptions Elastic => _request.Elastic ?? new ElasticOptions();

    /// <summary>Looks for a checkpoint to start from.</summary>
    internal Task<RunEvent> FindCheckpointAsync() => _checkpoints.FindAsync(_machine.Plan?.PlanHash);

    /// <summary>Takes an event; it is handled at once unless one before it is still waiting for the storage.</summary>
    internal void Post(RunEvent happened)
    {
        _events.Enqueue(happened);
        if (!_isPumping)
        {
            _isPumping = true;
            _ = PumpAsync();
        }
    }

    /// <summary>Tells the machine when a deadline has passed.</summary>
    internal void Tick()
    {
        if (_clock.TakePassed() is { } stage)
        {
            Post(new RunEvent.DeadlinePassed(stage));
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            while (!IsDone && _events.TryDequeue(out var happened))
            {
                await DoAllAsync(_machine.On(happened));
            }
        }
#pragma warning disable CA1031 // Top of the run's loop: whatever fails ends the run with its reason.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await FailAsync(exception);
        }
        finally
        {
            _isPumping = false;
        }
    }

    private async Task FailAsync(Exception exception)
    {
        if (exception is InconsistentStateException)
        {
            // Another coordinator has written: this one has been replaced.
            _done.TrySetResult();
            await _host.AbdicateAsync();
            return;
        }

        _host.Failed(exception);
        try
        {
            await DoAllAsync(_machine.Fail(Failures.Of(exception, FailureKind.Coordinator, "coordinator")));
        }
#pragma warning disable CA1031 // The storage is gone as well: the next activation ends the run.
        catch (Exception second)
#pragma warning restore CA1031
        {
            _host.Failed(second);
        }

        _done.TrySetResult();
    }

    private async Task DoAllAsync(IReadOnlyList<RunCommand> commands)
    {
        foreach (var command in commands)
        {
            await DoAsync(command);
        }
    }

    private async Task DoAsync(RunCommand command)
    {
        switch (command)
        {
            case RunCommand.Persist:
                await _host.PersistAsync();
                break;
            case RunCommand.Finish:
                await _host.FinishAsync();
                _done.TrySetResult();
                break;
            case RunCommand.Abdicate:
                _done.TrySetResult();
                await _host.AbdicateAsync();
                break;
            case RunCommand.Note note:
                _clock.Note(note.Kind);
                _host.Record(note, seconds: 0);
                break;
            case RunCommand.RecordStep step:
                RecordStep(step.Step);
                break;
            case RunCommand.ForgetSteps forget:
                _host.ForgetSteps(forget.From);
                break;
            case RunCommand.Deadline deadline:
                _clock.Begin(deadline);
                break;
            case RunCommand.Commit commit:
                // Workers tell their last step again, not the one before it.
                await _host.FlushAsync();
                Each(commit.Workers, worker => _calls.CommitAsync(worker, commit.Request));
                break;
            default:
                Call(command);
                break;
        }
    }

    private void RecordStep(StepMessage step)
    {
        if (!_host.Record(step))
        {
            return;
        }

        var recovery = _clock.CommitStep();
        if (_clock.LastStep is { } duration)
        {
            StepInstruments.Duration.Record(duration, StepInstruments.Total);
        }

        if (recovery is { } lost)
        {
            RunInstruments.Recovery.Record(lost);
            _host.Record(new RunCommand.Note(RunEventKind.Recovered, $"step {step.Step} is the first one committed after a loss"), lost.TotalSeconds);
        }
    }

    private void Call(RunCommand command)
    {
        switch (command)
        {
            case RunCommand.Open open: Await(_calls.OpenAsync(open.Worker, open.Grant, Elastic)); break;
            case RunCommand.Halt halt: Each(halt.Workers, worker => _calls.HaltAsync(worker, new HaltRequest(_machine.RunId, halt.Version))); break;
            case RunCommand.Seat seat: Await(_calls.SeatAsync(seat.Worker, seat.Request)); break;
            case RunCommand.Sync sync: Await(_calls.SyncAsync(sync.Worker, sync.Request)); break;
            case RunCommand.Prepare prepare: Each(prepare.Workers, worker => _calls.PrepareAsync(worker, prepare.Request)); break;
            case RunCommand.Reduce reduce: Each(reduce.Workers, worker => _calls.ReduceAsync(worker, reduce.Ticket)); break;
            case RunCommand.Export export: Each(export.Workers, worker => _calls.ExportAsync(worker, export.Version, worker == export.Workers[0] ? RunResult.ExportPlace(_request) : null)); break;
            case RunCommand.Close close: _host.Closing(_calls.CloseAsync(close.Worker)); break;
            case RunCommand.FindCheckpoint: Await(FindCheckpointAsync()); break;
            case RunCommand.WriteCheckpoint checkpoint: Await(WriteCheckpointAsync(checkpoint)); break;
            default: throw new InvalidOperationException($"No such command: {command}");
        }
    }

    /// <summary>One checkpoint at a time is written, as what others left is removed before it begins.</summary>
    private async Task<RunEvent> WriteCheckpointAsync(RunCommand.WriteCheckpoint command)
    {
        var before = _checkpoint;
        var own = AfterAsync();
        _checkpoint = own;

        // The run's end waits for it, whatever becomes of it: nothing is written or removed there afterwards.
        _host.Closing(Task.WhenAny(own));
        return await own;

        async Task<RunEvent> AfterAsync()
        {
            var begin = _time.GetTimestamp();
            var written = await _checkpoints.WriteAsync(command, _machine.Plan!, before);
            if (written is RunEvent.CheckpointWritten checkpoint)
            {
                RunCounters.CountCheckpoint(_time.GetElapsedTime(begin), checkpoint.Problem is null);
                _host.Gauges.Show(checkpoint, _time.GetUtcNow());
            }

            return written;
        }
    }

    private void Each(IEnumerable<string> workers, Func<string, Task<RunEvent>> call)
    {
        foreach (var worker in workers)
        {
            Await(call(worker));
        }
    }

    private void Await(Task<RunEvent> call) => _ = PostAsync(call);

    private async Task PostAsync(Task<RunEvent> call)
    {
        try
        {
            Post(await call);
        }
#pragma warning disable CA1031 // Calls turn failures into events; what still throws is a defect, and ends the run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await FailAsync(exception);
        }
    }
}
