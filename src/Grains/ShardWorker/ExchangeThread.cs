using System.Collections.Concurrent;

namespace NSft.Grains.ShardWorker;

/// <summary>The worker's second thread: copies and adds sums while the first one computes gradients. Neither waits for the other.</summary>
internal sealed class ExchangeThread : IDisposable
{
    private readonly BlockingCollection<Action> _queue = [];
    private readonly Thread _thread;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">Name of the thread.</param>
    /// <param name="session">Whose sums it works on; outlives this.</param>
    internal ExchangeThread(string name, IExchangeSession session)
    {
        Session = session;
        Segments = new SegmentCache(this);
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    internal IExchangeSession Session { get; }

    /// <summary>Peers' memory that this thread reads.</summary>
    internal SegmentCache Segments { get; }

    /// <summary>Runs work on the thread, after what is queued.</summary>
    /// <exception cref="OperationCanceledException">The thread has ended.</exception>
    internal Task<T> RunAsync<T>(Func<T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!TryQueue(() => Complete(completion, work)))
        {
            completion.SetCanceled();
        }

        return completion.Task;
    }

    /// <summary>Queues work whose end nobody awaits.</summary>
    /// <returns>False when the thread has ended.</returns>
    internal bool TryQueue(Action work)
    {
        try
        {
            _queue.Add(work);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Ends what is queued, lets go of peers' memory and waits for the thread.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
    }

    private static void Complete<T>(TaskCompletionSource<T> completion, Func<T> work)
    {
        try
        {
            completion.SetResult(work());
        }
#pragma warning disable CA1031 // Whatever the work throws belongs to the caller that awaits it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            completion.SetException(exception);
        }
    }

    private void Run()
    {
        foreach (var work in _queue.GetConsumingEnumerable())
        {
            work();
        }

        Segments.Close();
    }
}
