namespace Orleans.Runtime;

/// <summary>Bounds the bytes of requests that one connection has delivered and whose turns have not begun.</summary>
internal sealed class ReceiveWindow(long limit)
{
    private readonly Lock _gate = new();
    private long _bytes;
    private TaskCompletionSource? _room;

    /// <summary>Counts a request.</summary>
    public Receipt Take(long bytes)
    {
        lock (_gate)
        {
            _bytes += bytes;
        }

        return new Receipt(this, bytes);
    }

    /// <summary>Ends a request's part.</summary>
    public void Release(long bytes)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _bytes -= bytes;
            room = _bytes < limit ? _room : null;
            _room = room is null ? _room : null;
        }

        room?.TrySetResult();
    }

    /// <summary>Completes when there is room for another request.</summary>
    public Task RoomAsync()
    {
        lock (_gate)
        {
            return _bytes < limit ? Task.CompletedTask : (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
