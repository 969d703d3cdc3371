using System.Buffers;

namespace Prometheus;

/// <summary>The metrics of one endpoint.</summary>
public sealed class CollectorRegistry
{
    private readonly Lock _gate = new();
    private readonly List<Action> _beforeCollect = [];
    private readonly List<List<Collector>> _families = [];
    private readonly Dictionary<string, List<Collector>> _byName = new(StringComparer.Ordinal);

    internal CollectorRegistry()
    {
    }

    /// <summary>Adds an action that is done before each collection.</summary>
    /// <param name="callback">The action.</param>
    public void AddBeforeCollectCallback(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        lock (_gate)
        {
            _beforeCollect.Add(callback);
        }
    }

    internal TCollector GetOrAdd<TCollector>(string name, string[] labelNames, Func<TCollector> make)
        where TCollector : Collector
    {
        lock (_gate)
        {
            if (!_byName.TryGetValue(name, out List<Collector>? family))
            {
                TCollector first = make();
                family = [first];
                _byName.Add(name, family);
                _families.Add(family);
                return first;
            }

            if (family[0] is not TCollector)
            {
                throw new InvalidOperationException($"{name} is a {family[0].GetType().Name} already");
            }

            if (family.Find(one => one.LabelNames.AsSpan().SequenceEqual(labelNames)) is TCollector known)
            {
                return known;
            }

            TCollector collector = make();
            family.Add(collector);
            return collector;
        }
    }

    internal void Collect(IBufferWriter<byte> output)
    {
        Action[] callbacks;
        lock (_gate)
        {
            callbacks = [.. _beforeCollect];
        }

        foreach (Action callback in callbacks)
        {
            callback();
        }

        Collector[][] families;
        lock (_gate)
        {
            families = [.. _families.Select(family => family.ToArray())];
        }

        foreach (Collector[] family in families)
        {
            output.Write(family[0].Declaration.Span);
            foreach (Collector collector in family)
            {
                collector.Collect(output);
            }
        }
    }
}
