namespace Orleans.Runtime;

/// <summary>A timer's callback at its activation.</summary>
internal sealed class TimerItem(GrainTimer timer) : WorkItem
{
    public override bool Interleaves => timer.Interleaves;

    public override bool IsReadOnly => false;

    public override Guid ReentrancyId => Guid.Empty;

    public override bool CountsAsUse => timer.KeepsAlive;

    public override Task RunAsync(Activation activation) => timer.TickAsync();

    public override void Abandon(Activation activation, Exception? error)
    {
    }
}
