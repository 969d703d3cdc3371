using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Runs the tasks of one activation, one at a time, on the thread pool.</summary>
internal sealed class ActivationScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    private const int TurnsBeforeYield = 64;

    private readonly ConcurrentQueue<Task> _queue = new();
    private int _isRunning;
    private volatile bool _isStopped;

    /// <summary>The activation whose tasks run here.</summary>
    public Activation Activation { get; } = activation;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Starts work on the activation, without the caller's ambient values.</summary>
    public void Post(Func<Task> work)
    {
        using (FlowBarrier.Enter())
        {
            _ = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);
        }
    }

    /// <summary>Runs nothing any more, also not what waits: the silo is dead.</summary>
    public void Stop()
    {
        _isStopped = true;
        _queue.Clear();
    }

    public void Execute()
    {
        for (int turn = 0; turn < TurnsBeforeYield && !_isStopped && _queue.TryDequeue(out Task? task); turn++)
        {
            TryExecuteTask(task);
        }

        // A full fence: a plain or volatile write could become visible after the look at the queue, and a task queued in between would wait for ever.
        Interlocked.Exchange(ref _isRunning, 0);
        if (!_queue.IsEmpty)
        {
            Schedule();
        }
    }

    protected override void QueueTask(Task task)
    {
        if (!_isStopped)
        {
            _queue.Enqueue(task);
            Schedule();
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && !_isStopped && Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _queue];

    private void Schedule()
    {
        if (Interlocked.CompareExchange(ref _isRunning, 1, 0) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
    }
}
