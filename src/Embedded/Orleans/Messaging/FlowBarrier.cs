namespace Orleans.Runtime;

/// <summary>Keeps a caller's ambient values out of work that does not belong to the caller.</summary>
internal readonly struct FlowBarrier : IDisposable
{
    private readonly bool _entered;

    private FlowBarrier(bool entered) => _entered = entered;

    /// <summary>Stops the flow until disposed, on the same thread.</summary>
    public static FlowBarrier Enter()
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return new FlowBarrier(false);
        }

        ExecutionContext.SuppressFlow();
        return new FlowBarrier(true);
    }

    public void Dispose()
    {
        if (_entered)
        {
            ExecutionContext.RestoreFlow();
        }
    }
}
