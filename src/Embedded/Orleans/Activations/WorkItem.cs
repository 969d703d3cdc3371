namespace Orleans.Runtime;

/// <summary>A turn that waits for its activation: a request or a timer's callback.</summary>
internal abstract class WorkItem
{
    /// <summary>May run beside anything.</summary>
    public abstract bool Interleaves { get; }

    /// <summary>May run beside others that change nothing.</summary>
    public abstract bool IsReadOnly { get; }

    /// <summary>The call chain that the item belongs to; empty for none.</summary>
    public abstract Guid ReentrancyId { get; }

    /// <summary>Whether the item keeps the activation from being idle.</summary>
    public abstract bool CountsAsUse { get; }

    /// <summary>Runs on the activation's scheduler; throws nothing.</summary>
    public abstract Task RunAsync(Activation activation);

    /// <summary>The activation ended before the item ran; <paramref name="error"/> is why it did not start, if it did not.</summary>
    public abstract void Abandon(Activation activation, Exception? error);
}
