namespace Orleans.Runtime;

/// <summary>The room that a received request takes in its receiver until its turn begins.</summary>
internal sealed class Receipt(ReceiveWindow window, long bytes)
{
    private long _bytes = bytes;

    /// <summary>A request that is dropped on a rare path gives its room back, too.</summary>
    ~Receipt() => Release();

    /// <summary>Gives the room back; harmless when repeated.</summary>
    public void Release()
    {
        long bytes = Interlocked.Exchange(ref _bytes, 0);
        if (bytes > 0)
        {
            window.Release(bytes);
            GC.SuppressFinalize(this);
        }
    }
}
