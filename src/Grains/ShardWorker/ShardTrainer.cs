using System.Collections.Concurrent;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>
/// The one thread that holds a worker's tensors, with a queue of work. Grain turns await its tasks and never compute themselves:
/// dispose scopes and gradient mode belong to a thread.
/// </summary>
internal sealed class ShardTrainer : IAsyncDisposable
{
    private readonly BlockingCollection<Action> _queue = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name;
    private IShardSession? _session;
    private volatile ExchangeThread? _exchange;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">Name of the thread.</param>
    internal ShardTrainer(string name)
    {
        _name = name;
        Closing = _closing.Token;
        new Thread(Run) { Name = name, IsBackground = true }.Start();
    }

    /// <summary>Signalled when the worker is being closed; long work checks it.</summary>
    internal CancellationToken Closing { get; }

    /// <summary>The thread beside this one, for the sums of the session.</summary>
    /// <exception cref="InvalidOperationException">No session is open.</exception>
    internal ExchangeThread Exchange => _exchange ?? throw new InvalidOperationException("The worker has not opened a session.");

    /// <summary>The session, whose thread-safe members may be used anywhere; null before it is open.</summary>
    internal IShardSession? Session => _session;

    /// <summary>Opens the session on the thread.</summary>
    internal Task<SessionFacts> OpenAsync(Func<CancellationToken, IShardSession> open) => EnqueueAsync(() =>
    {
        _session = open(Closing);
        _exchange = new ExchangeThread($"{_name} exchange", _session);
        return _session.Facts;
    });

    /// <summary>Runs work on the thread, after what is queued.</summary>
    /// <exception cref="OperationCanceledException">The trainer is closed.</exception>
    internal Task<T> RunAsync<T>(Func<IShardSession, T> work) =>
        EnqueueAsync(() => work(_session ?? throw new InvalidOperationException("The worker has not opened a session.")));

    /// <summary>Ends what is running, frees the tensors and waits for the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _queue.CompleteAdding();
        await _ended.Task;
    }

    private Task<T> EnqueueAsync<T>(Func<T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _queue.Add(() => Complete(completion, work));
        }
        catch (InvalidOperationException)
        {
            completion.SetCanceled(Closing);
        }

        return completion.Task;
    }

    private void Complete<T>(TaskCompletionSource<T> completion, Func<T> work)
    {
        if (Closing.IsCancellationRequested)
        {
            completion.SetCanceled(Closing);
            return;
        }

        try
        {
            completion.SetResult(work());
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            completion.SetCanceled(Closing);
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
        try
        {
            foreach (var work in _queue.GetConsumingEnumerable())
            {
                work();
            }

            _exchange?.Dispose();
            _session?.Dispose();
        }
        finally
        {
            _queue.Dispose();
            _ended.SetResult();
        }
    }
}
