using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The activations of a silo.</summary>
internal sealed class Catalog(Silo silo)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly ConcurrentDictionary<GrainId, StatelessWorkers> _workers = new();

    /// <summary>All activations.</summary>
    public IEnumerable<Activation> All => _activations.Values.Concat(_workers.Values.SelectMany(group => group.All));

    /// <summary>The activation of a grain; null if there is none here.</summary>
    public Activation? Find(GrainId id) => _activations.GetValueOrDefault(id);

    /// <summary>The activation of a grain, made if there is none.</summary>
    public Activation GetOrCreate(GrainClass grain, GrainId id) =>
        _activations.TryGetValue(id, out Activation? found) ? found : _activations.GetOrAdd(id, key => new Activation(silo, grain, key));

    /// <summary>The interchangeable activations of a grain.</summary>
    public StatelessWorkers WorkersOf(GrainClass grain, StatelessWorkerPlacement placement, GrainId id) =>
        _workers.GetOrAdd(id, key => new StatelessWorkers(silo, grain, placement.MaxLocal, key));

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
