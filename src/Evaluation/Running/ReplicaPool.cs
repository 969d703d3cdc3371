using System.Collections.Concurrent;

namespace NSft.Evaluation.Running;

/// <summary>
/// Threads that work through a list of pieces, each thread with a model of its own and one tensor thread. Which thread takes which piece
/// does not change a result: a piece's computation depends on the piece alone.
/// </summary>
internal sealed class ReplicaPool : IDisposable
{
    private readonly ModelReplica[] _replicas;

    private ReplicaPool(ModelReplica[] replicas) => _replicas = replicas;

    /// <summary>The first model; for what needs no tensor work.</summary>
    public ModelReplica First => _replicas[0];

    /// <summary>Loads one model a thread.</summary>
    public static ReplicaPool Open(AnswerOptions options)
    {
        List<ModelReplica> replicas = [];
        try
        {
            for (int thread = 0; thread < options.ThreadCount; thread++)
            {
                replicas.Add(ModelReplica.Load(options));
            }

            return new ReplicaPool([.. replicas]);
        }
        catch
        {
            replicas.ForEach(replica => replica.Dispose());
            throw;
        }
    }

    /// <summary>Runs <paramref name="work"/> on every piece and waits for all; the first failure ends the rest.</summary>
    public async Task ForEachAsync<T>(IReadOnlyList<T> pieces, Action<ModelReplica, T> work, CancellationToken cancellation)
    {
        ConcurrentQueue<T> queue = new(pieces);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        int threadCount = Math.Min(_replicas.Length, Math.Max(1, pieces.Count));
        Task[] threads = [.. _replicas.Take(threadCount).Select(replica => Task.Factory.StartNew(
            () => Drain(replica, queue, work, ending), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        await Task.WhenAll(threads).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ModelReplica replica in _replicas)
        {
            replica.Dispose();
        }
    }

    private static void Drain<T>(ModelReplica replica, ConcurrentQueue<T> queue, Action<ModelReplica, T> work, CancellationTokenSource ending)
    {
        TorchSharp.torch.set_num_threads(1);
        try
        {
            while (!ending.IsCancellationRequested && queue.TryDequeue(out T? piece))
            {
                work(replica, piece);
            }
        }
        catch
        {
            ending.Cancel();
            throw;
        }
    }
}
