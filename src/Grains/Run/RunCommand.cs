using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>What the coordinator does next. Commands are begun in order; only <see cref="Persist"/> is waited for.</summary>
internal abstract record RunCommand
{
    private RunCommand()
    {
    }

    /// <summary>Write the coordinator's state before anything that follows is sent.</summary>
    internal sealed record Persist : RunCommand;

    /// <summary>Place a worker and let it load.</summary>
    internal sealed record Open(string Worker, DeviceGrant Grant) : RunCommand;

    /// <summary>Begin a view change at these workers.</summary>
    internal sealed record Halt(IReadOnlyList<string> Workers, long Version) : RunCommand;

    /// <summary>Seat a worker.</summary>
    internal sealed record Seat(string Worker, SeatRequest Request) : RunCommand;

    /// <summary>Let a passive worker copy the state.</summary>
    internal sealed record Sync(string Worker, SeatRequest Request) : RunCommand;

    /// <summary>Have the gradients of a step computed.</summary>
    internal sealed record Prepare(IReadOnlyList<string> Workers, PrepareRequest Request) : RunCommand;

    /// <summary>Have the votes collected.</summary>
    internal sealed record Reduce(IReadOnlyList<string> Workers, StepTicket Ticket) : RunCommand;

    /// <summary>Have a step applied.</summary>
    internal sealed record Commit(IReadOnlyList<string> Workers, CommitRequest Request) : RunCommand;

    /// <summary>Have a checkpoint written by these workers.</summary>
    internal sealed record WriteCheckpoint(IReadOnlyList<string> Workers, long Version, int Step, int[]? NextExponents) : RunCommand;

    /// <summary>Look for the newest whole checkpoint.</summary>
    internal sealed record FindCheckpoint : RunCommand;

    /// <summary>Have the weights hashed by these workers, and written by the first.</summary>
    internal sealed record Export(IReadOnlyList<string> Workers, long Version) : RunCommand;

    /// <summary>Let a worker go.</summary>
    internal sealed record Close(string Worker) : RunCommand;

    /// <summary>Tell when a stage has taken too long.</summary>
    internal sealed record Deadline(long Stage, StageKind Kind) : RunCommand;

    /// <summary>Record a committed step.</summary>
    internal sealed record RecordStep(StepMessage Step) : RunCommand;

    /// <summary>Forget recorded steps from here on: the run went back.</summary>
    internal sealed record ForgetSteps(int From) : RunCommand;

    /// <summary>Record something that happened.</summary>
    /// <param name="Kind">What.</param>
    /// <param name="Text">In words.</param>
    /// <param name="Reason">Why, as the value of a metric's label; null where nothing is counted by reason.</param>
    internal sealed record Note(RunEventKind Kind, string Text, string? Reason = null) : RunCommand;

    /// <summary>Publish or remove the result; the run has ended as its phase says.</summary>
    internal sealed record Finish : RunCommand;

    /// <summary>Another coordinator has taken over: stop without touching anything.</summary>
    internal sealed record Abdicate : RunCommand;
}
