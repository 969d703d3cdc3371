using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Tests.Run;

/// <summary>Drives a state machine by hand: tells it events, keeps what it commands, answers for obedient workers.</summary>
internal sealed class MachineScript
{
    internal const int Steps = 3;
    internal const long Elements = 100;

    internal static readonly RangeMessage[] Whole = [new(0, Elements)];

    internal MachineScript(int workers, RunPolicy? policy = null)
    {
        Machine = new RunStateMachine("run", policy ?? new RunPolicy(4), workers);
    }

    internal RunStateMachine Machine { get; }

    /// <summary>What the last event led to.</summary>
    internal List<RunCommand> Commands { get; } = [];

    internal StepTicket Ticket => Last<RunCommand.Prepare>().Request.Ticket;

    internal static string Key(int worker) => WorkerKey.Of("run", worker);

    internal static OpenReport Opened(string silo) => new(null, silo, Steps, 4, 24, "plan", 10, "layout", Elements);

    internal static Failure Fails(FailureKind kind) => new(kind, "it broke");

    internal List<RunCommand> Tell(RunEvent happened)
    {
        Commands.Clear();
        Commands.AddRange(Machine.On(happened));
        return Commands;
    }

    internal T Last<T>()
        where T : RunCommand => Commands.OfType<T>().Last();

    internal bool Has<T>()
        where T : RunCommand => Commands.OfType<T>().Any();

    internal bool Notes(RunEventKind kind) => Commands.OfType<RunCommand.Note>().Any(note => note.Kind == kind);

    /// <summary>Begins, with each worker on a silo of its own, up to the first view's seats.</summary>
    internal MachineScript Open(int workers)
    {
        Tell(new RunEvent.Began());
        Tell(new RunEvent.Granted([.. Enumerable.Range(0, workers).Select(worker => new DeviceGrant($"silo{worker}", 0))]));
        for (var worker = 0; worker < workers; worker++)
        {
            Tell(new RunEvent.Opened(Key(worker), Opened($"silo{worker}")));
        }

        return this;
    }

    /// <summary>Opens a worker beside those that are there.</summary>
    internal void Join(int worker)
    {
        Tell(new RunEvent.Granted([new DeviceGrant($"silo{worker}", 0)]));
        Tell(new RunEvent.Opened(Key(worker), Opened($"silo{worker}")));
    }

    /// <summary>The workers answer the view change with what they have.</summary>
    internal void Halt(params HaltReport[] reports)
    {
        var workers = Last<RunCommand.Halt>().Workers;
        for (var i = 0; i < workers.Count; i++)
        {
            Tell(new RunEvent.Halted(workers[i], reports[Math.Min(i, reports.Length - 1)]));
        }
    }

    internal void Seat()
    {
        var view = Machine.View!;
        foreach (var seat in view.Seats)
        {
            Tell(new RunEvent.Seated(seat.Key, new SeatReport(view.Version, 0)));
        }
    }

    /// <summary>A first view of so many workers that prepares step 0.</summary>
    internal MachineScript Run(int workers)
    {
        Open(workers);
        Halt(Fresh(1));
        Seat();
        return this;
    }

    internal void Prepare(bool isSummed = true)
    {
        var (ticket, seats) = (Ticket, Machine.View!.Seats);
        foreach (var seat in seats)
        {
            ShardMessage[] shards = [.. Enumerable.Range(seat.FirstShard, seat.ShardCount).Select(shard => new ShardMessage(shard, [1], [1]))];
            Tell(new RunEvent.Prepared(seat.Key, new PreparedReport(ticket, "plan", shards, [1f], isSummed)));
        }
    }

    internal void Vote(StepTicket ticket)
    {
        foreach (var seat in Machine.View!.Seats)
        {
            Tell(new RunEvent.Voted(seat.Key, new VoteReport(ticket, null, [4], [1f], 0)));
        }
    }

    internal void Commit()
    {
        var commit = Last<RunCommand.Commit>();
        foreach (var worker in commit.Workers)
        {
            Tell(new RunEvent.Committed(worker, Applied(commit.Request), commit.Request.Authority));
        }
    }

    internal void RunStep()
    {
        var ticket = Ticket;
        Prepare();
        Vote(ticket);
        Commit();
    }

    internal static CommitReport Applied(CommitRequest commit) => new(commit.Ticket, 1, 0.1, 8, []);

    /// <summary>A worker that has only opened.</summary>
    internal static HaltReport Fresh(long version) => new(version, 0, null, null, null, Whole, Whole, null, []);

    /// <summary>A worker that holds everything after some steps.</summary>
    internal static HaltReport Holding(long version, int steps, CommitRequest? last = null, StepTicket? voted = null) =>
        new(version, steps, last, last is null ? null : Applied(last), voted, Whole, Whole, [3], []);
}
