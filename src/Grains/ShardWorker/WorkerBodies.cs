using System.Collections.Concurrent;

namespace NSft.Grains.ShardWorker;

/// <summary>
/// The bodies of all workers of a silo. A silo that is killed, or finds itself declared dead, deactivates no grain: what its workers hold
/// in native memory is freed with the silo's services, so that its process can start another silo.
/// </summary>
internal sealed class WorkerBodies : IAsyncDisposable, IDisposable
{
    private readonly ConcurrentDictionary<WorkerBody, Task> _bodies = new();

    internal WorkerBody Add(WorkerBody body)
    {
        _bodies[body] = Task.CompletedTask;
        return body;
    }

    /// <summary>Frees a body.</summary>
    internal async Task DisposeAsync(WorkerBody body)
    {
        if (_bodies.TryRemove(body, out _))
        {
            await body.DisposeAsync();
        }
    }

    /// <summary>Frees all that are left.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_bodies.Keys.Select(DisposeAsync));

    /// <summary>Frees all that are left without waiting: each ends with the work that its thread is at.</summary>
    public void Dispose() => _ = DisposeAsync().AsTask();
}
