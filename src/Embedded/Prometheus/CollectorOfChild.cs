using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace Prometheus;

/// <summary>A metric whose values are children, one for each set of label values.</summary>
/// <typeparam name="TChild">The children.</typeparam>
public abstract class Collector<TChild> : Collector
    where TChild : ChildBase
{
    // Label values never hold what joins them here: it is no character of text.
    private const char Joint = '\uffff';

    private readonly ConcurrentDictionary<string, TChild> _children = new(StringComparer.Ordinal);
    private readonly bool _publishesAtOnce;

    internal Collector(string name, string help, string[] labelNames, string type, MetricConfiguration? configuration)
        : base(name, help, labelNames, type)
    {
        _publishesAtOnce = configuration?.SuppressInitialValue != true;
    }

    /// <summary>The child of a set of label values; made when it is not there.</summary>
    /// <param name="labelValues">The values, in the order of the names.</param>
    /// <returns>The child.</returns>
    public TChild WithLabels(params string[] labelValues)
    {
        ArgumentNullException.ThrowIfNull(labelValues);
        return _children.GetOrAdd(Key(labelValues), (_, values) => Make(values), labelValues);
    }

    /// <summary>Takes a child away: it is told no more.</summary>
    /// <param name="labelValues">The values, in the order of the names.</param>
    public void RemoveLabelled(params string[] labelValues)
    {
        ArgumentNullException.ThrowIfNull(labelValues);
        _ = _children.TryRemove(Key(labelValues), out _);
    }

    internal abstract TChild NewChild();

    internal override void Collect(IBufferWriter<byte> output)
    {
        if (_publishesAtOnce && LabelNames.Length == 0)
        {
            _ = WithLabels();
        }

        foreach ((_, TChild child) in _children)
        {
            if (child.IsPublished)
            {
                child.Write(output);
            }
        }
    }

    private static string Key(string[] labelValues) => labelValues.Length == 1 ? labelValues[0] : string.Join(Joint, labelValues);

    private TChild Make(string[] labelValues)
    {
        if (labelValues.Length != LabelNames.Length)
        {
            throw new ArgumentException($"{Name} has {LabelNames.Length} labels, not {labelValues.Length}", nameof(labelValues));
        }

        TChild child = NewChild();
        child.Name = Encoding.UTF8.GetBytes(Name);
        child.Labels = Encoding.UTF8.GetBytes(string.Join(',', LabelNames.Zip(labelValues, (name, value) => $"{name}=\"{TextFormat.EscapeLabel(value)}\"")));
        child.IsPublished = _publishesAtOnce;
        return child;
    }
}
