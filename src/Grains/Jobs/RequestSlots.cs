using NSft.Grains.Instruments;

namespace NSft.Grains.Jobs;

/// <summary>Lets so many pieces of a job's work go on at once on this silo. The limit may change while work waits: silos come and go.</summary>
/// <param name="limit">The limit of the moment; any thread.</param>
internal sealed class RequestSlots(Func<int> limit)
{
    /// <summary>How soon a higher limit is seen when nothing else happens.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private int _taken;

    /// <summary>Waits for a slot, in order of arrival.</summary>
    /// <returns>Gives the slot back when disposed.</returns>
    internal async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.AddLast(turn);
        }

        Admit();
        QueueInstruments.ChangeRequests(1);
        try
        {
            await WaitAsync(turn, cancellationToken);
        }
        finally
        {
            QueueInstruments.ChangeRequests(-1);
        }

        return new Slot(this);
    }

    private async Task WaitAsync(TaskCompletionSource turn, CancellationToken cancellationToken)
    {
        while (!turn.Task.IsCompleted)
        {
            await Task.WhenAny(turn.Task, Task.Delay(Glance, cancellationToken));
            if (cancellationToken.IsCancellationRequested && Withdraw(turn))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Admit();
        }
    }

    private bool Withdraw(TaskCompletionSource turn)
    {
        lock (_gate)
        {
            return _waiting.Remove(turn);
        }
    }

    private void Admit()
    {
        var most = limit();
        lock (_gate)
        {
            while (_taken < most && _waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                _taken++;
                first.Value.SetResult();
            }
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            _taken--;
        }

        Admit();
    }

    private sealed class Slot(RequestSlots slots) : IDisposable
    {
        private int _isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
            {
                slots.Release();
            }
        }
    }
}
