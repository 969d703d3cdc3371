using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Benchmarks;

/// <summary>A state machine and workers that do at once, and without computing, whatever it commands.</summary>
internal sealed class ScalingCrew
{
    private const int Shards = 127;
    private const int DataBits = 24;

    private readonly Queue<RunEvent> _events = new();
    private readonly RunStateMachine _machine;
    private readonly RunState _state = new();
    private readonly int _workers;
    private readonly int _steps;
    private readonly RangeMessage[] _whole;
    private readonly double[] _blockSums;
    private readonly float[] _maxima;
    private readonly int[] _exponents;
    private CommitRequest? _last;

    internal ScalingCrew(int workers, long elements, int steps)
    {
        (_workers, _steps) = (workers, steps);
        _machine = new RunStateMachine("bench", new RunPolicy(4), workers);
        _whole = [new RangeMessage(0, elements)];
        _blockSums = new double[1 + (elements / GradientLayout.BlockLength / workers)];
        Array.Fill(_blockSums, 1);
        _maxima = new float[1 + (elements / GradientLayout.MaxSliceLength)];
        Array.Fill(_maxima, 1);
        _exponents = new int[_maxima.Length];
        ElementCount = elements;
    }

    private long ElementCount { get; }

    /// <summary>Opens all workers, seats them and begins the first step.</summary>
    internal void Open()
    {
        _events.Enqueue(new RunEvent.Began());
        _events.Enqueue(new RunEvent.Granted([.. Enumerable.Range(0, _workers).Select(worker => new DeviceGrant($"silo-{worker}", 0))]));
        Pump(() => _machine.CommittedSteps > 0);
    }

    internal void RunSteps(int steps)
    {
        var goal = _machine.CommittedSteps + steps;
        Pump(() => _machine.CommittedSteps >= goal);
    }

    /// <summary>A silo dies; goes on until the step after it is committed.</summary>
    internal void LoseOne()
    {
        _events.Enqueue(new RunEvent.SiloLost("silo-0"));
        RunSteps(1);
    }

    private void Pump(Func<bool> isDone)
    {
        while (!isDone() && _events.TryDequeue(out var happened))
        {
            foreach (var command in _machine.On(happened))
            {
                Answer(command);
            }
        }
    }

    private void Answer(RunCommand command)
    {
        switch (command)
        {
            case RunCommand.Persist:
                _machine.Save(_state);
                break;
            case RunCommand.Open open:
                _events.Enqueue(new RunEvent.Opened(open.Worker, new OpenReport(null, open.Grant.Silo, _steps, Shards, DataBits, "plan", 0, "layout", ElementCount)));
                break;
            case RunCommand.Halt halt:
                Each(halt.Workers, worker => new RunEvent.Halted(worker, Describe(halt.Version)));
                break;
            case RunCommand.Seat seat:
                _events.Enqueue(new RunEvent.Seated(seat.Worker, new SeatReport(seat.Request.View.Version, 0)));
                break;
            case RunCommand.Prepare prepare:
                Prepare(prepare.Request);
                break;
            case RunCommand.Reduce reduce:
                Each(reduce.Workers, worker => new RunEvent.Voted(worker, new VoteReport(reduce.Ticket, null, _blockSums, _maxima, 0)));
                break;
            case RunCommand.Commit commit:
                _last = commit.Request;
                Each(commit.Workers, worker => new RunEvent.Committed(worker, new CommitReport(commit.Request.Ticket, 1, 1, 1, []), commit.Request.Authority));
                break;
        }
    }

    private void Prepare(PrepareRequest request)
    {
        foreach (var seat in _machine.View!.Seats)
        {
            ShardMessage[] shards = [.. Enumerable.Range(seat.FirstShard, seat.ShardCount).Select(shard => new ShardMessage(shard, [1, 1], [1, 1]))];
            _events.Enqueue(new RunEvent.Prepared(seat.Key, new PreparedReport(request.Ticket, "plan", shards, _maxima, IsSummed: true)));
        }
    }

    private HaltReport Describe(long version) =>
        new(version, _machine.CommittedSteps, _last, _last is null ? null : new CommitReport(_last.Ticket, 1, 1, 1, []), null, _whole, _whole, _last is null ? null : _exponents, []);

    private void Each(IEnumerable<string> workers, Func<string, RunEvent> answer)
    {
        foreach (var worker in workers)
        {
            _events.Enqueue(answer(worker));
        }
    }
}
