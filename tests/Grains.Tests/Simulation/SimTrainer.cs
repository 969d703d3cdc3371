namespace NSft.Grains.Tests.Simulation;

/// <summary>A worker's own thread: one thing after the other.</summary>
/// <param name="world">Virtual time.</param>
/// <param name="node">The process.</param>
internal sealed class SimTrainer(SimWorld world, SimNode node)
{
    private double _busyUntil;

    internal bool IsClosed { get; set; }

    /// <summary>Does something that takes its time; its effects come at the end of it.</summary>
    internal Task<T> RunAsync<T>(double seconds, Func<T> work)
    {
        var done = new TaskCompletionSource<T>();
        _busyUntil = Math.Max(_busyUntil, world.Now) + seconds;
        node.After(_busyUntil - world.Now, () =>
        {
            if (IsClosed)
            {
                done.SetException(new OperationCanceledException("the worker is let go"));
                return;
            }

            T result;
            try
            {
                result = work();
            }
            catch (Exception exception) when (exception is InvalidOperationException or OperationCanceledException)
            {
                done.SetException(exception);
                return;
            }

            done.SetResult(result);
        });
        return done.Task;
    }
}
