using NSft.Data.Chat;

namespace NSft.Grains.Chat;

/// <summary>A request under way for all that wait for its answer; ended when none does any more.</summary>
#pragma warning disable CA1001 // Its cancellation has no timer and no handle to free, and may be seen by the request after the last has left.
internal sealed class Flight
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource<ChatReply> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _passengers;
    private bool _isStarted;
    private bool _isOver;

    /// <summary>The answer.</summary>
    internal Task<ChatReply> Answer => _answer.Task;

    /// <summary>Waits along; false when the flight is over.</summary>
    internal bool TryBoard()
    {
        lock (_lock)
        {
            _passengers += _isOver ? 0 : 1;
            return !_isOver;
        }
    }

    /// <summary>Waits no longer. The last to leave ends the request.</summary>
    internal void Leave()
    {
        lock (_lock)
        {
            _isOver |= --_passengers == 0;
            if (!_isOver)
            {
                return;
            }
        }

        _cancellation.Cancel();
    }

    /// <summary>Starts the request, once.</summary>
    /// <param name="fly">Makes it.</param>
    /// <returns>Whether this call started it.</returns>
    internal bool TryStart(Func<CancellationToken, Task<ChatReply>> fly)
    {
        lock (_lock)
        {
            if (_isStarted)
            {
                return false;
            }

            _isStarted = true;
        }

        // Task.Run: the request belongs to all that wait, not to the grain that came first.
        _ = Task.Run(() => RunAsync(fly));
        return true;
    }

    private async Task RunAsync(Func<CancellationToken, Task<ChatReply>> fly)
    {
        try
        {
            _answer.TrySetResult(await fly(_cancellation.Token));
        }
        catch (OperationCanceledException)
        {
            _answer.TrySetCanceled(_cancellation.Token);
        }
#pragma warning disable CA1031 // Whatever it failed of is told to those that wait.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _answer.TrySetException(exception);
        }
    }
}
