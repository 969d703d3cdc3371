using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The activations of a silo.</summary>
internal sealed class Catalog(Silo silo)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly ConcurrentDictionary<GrainId, StatelessWorkers> _workers = new();

    /// <summary>All activations.</summary>
    public IEnumerable<Activation> All => _activations.Values.Concat(_workers.Values.SelectMany(group => group.All));

    /// <summary>The activation of a grain; null if there is none here.</summary>
    public Activation? Find(GrainId id) => _activations.GetValueOrDefault(id);

    /// <summary>Whether no activation is made any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Makes no activation any more; those made before are in <see cref="All"/>.</summary>
    public void Close()
    {
        lock (_gate)
        {
            IsClosed = true;
        }
    }

    /// <summary>The activation of a grain, made if there is none; null if it would have to be made and the catalog is closed.</summary>
    public Activation? GetOrCreate(GrainClass grain, GrainId id)
    {
        if (_activations.TryGetValue(id, out Activation? found))
        {
            return found;
        }

        lock (_gate)
        {
            return IsClosed ? Find(id) : _activations.GetOrAdd(id, key => new Activation(silo, grain, key));
        }
    }

    /// <summary>Queues a turn at one of the interchangeable activations of a grain; false if the catalog is closed.</summary>
    public bool TryEnqueueAtWorker(GrainClass grain, StatelessWorkerPlacement placement, GrainId id, WorkItem item)
    {
        lock (_gate)
        {
            if (IsClosed)
            {
                return false;
            }

            _workers.GetOrAdd(id, key => new StatelessWorkers(silo, grain, placement.MaxLocal, key)).Enqueue(item);
            return true;
        }
    }

    /// <summary>Forgets an activation that has ended.</summary>
    public void Remove(Activation activation)
    {
        _activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation));
        if (_workers.TryGetValue(activation.GrainId, out StatelessWorkers? group))
        {
            group.Remove(activation);
        }
    }
}
