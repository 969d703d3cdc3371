using System.Collections.Concurrent;

namespace NSft.Grains.Tests.Testing;

/// <summary>What goes wrong in a scripted run, and gates that tests wait at.</summary>
internal sealed class FaultPlan
{
    private readonly ConcurrentDictionary<(string What, int Worker, int Step), int> _planned = new();
    private readonly ConcurrentDictionary<(int Worker, int Step), TaskCompletionSource> _reached = new();
    private readonly TaskCompletionSource _released = new();
    private int? _holdAtStep;

    /// <summary>The worker throws when it prepares the step.</summary>
    internal FaultPlan ThrowInPrepare(int worker, int step, int times = 1) => Plan("throw", worker, step, times);

    /// <summary>The worker cannot open.</summary>
    internal FaultPlan RefuseToOpen(int worker) => Plan("open", worker, -1, 1);

    /// <summary>The worker's gradient of the step is a million times larger than before.</summary>
    internal FaultPlan Spike(int step) => Plan("spike", -1, step, int.MaxValue);

    /// <summary>The worker finds its reduced gradient not finite, so many times.</summary>
    internal FaultPlan VoteNo(int worker, int step, int times) => Plan("no", worker, step, times);

    /// <summary>The worker's reduced gradient has another norm than its peers'.</summary>
    internal FaultPlan Diverge(int worker, int step) => Plan("diverge", worker, step, 1);

    /// <summary>Workers stay in the step until they are released or closed.</summary>
    internal FaultPlan HoldAt(int step)
    {
        _holdAtStep = step;
        return this;
    }

    /// <summary>Lets the workers go on.</summary>
    internal void Release() => _released.SetResult();

    /// <summary>Completes when a worker prepares the step.</summary>
    internal Task ReachedAsync(int worker, int step) => Reached(worker, step).Task;

    internal bool Strikes(string what, int worker, int step)
    {
        if (!_planned.TryGetValue((what, worker, step), out var left) || left == 0)
        {
            return false;
        }

        _planned[(what, worker, step)] = left - 1;
        return true;
    }

    internal void Enter(int worker, int step, CancellationToken cancellation)
    {
        Reached(worker, step).TrySetResult();
        if (_holdAtStep == step)
        {
            WaitHandle.WaitAny([cancellation.WaitHandle, ((IAsyncResult)_released.Task).AsyncWaitHandle]);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private TaskCompletionSource Reached(int worker, int step) =>
        _reached.GetOrAdd((worker, step), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private FaultPlan Plan(string what, int worker, int step, int times)
    {
        _planned[(what, worker, step)] = times;
        return this;
    }
}
