using Prometheus;

namespace NSft.Silo.Measurements;

/// <summary>An instrument that only rises.</summary>
/// <param name="factory">Makes its series.</param>
/// <param name="name">Its name.</param>
/// <param name="help">What it counts.</param>
/// <param name="isTotal">Whether a measurement is the whole count instead of what is added to it.</param>
internal sealed class ExportedCounter(MetricFactory factory, string name, string help, bool isTotal) : ExportedInstrument
{
    /// <inheritdoc/>
    protected override Action<double> Open(LabelSet labels)
    {
        var child = Of(labels).WithLabels(labels.Values);
        return isTotal ? child.IncTo : value => child.Inc(value);
    }

    /// <inheritdoc/>
    protected override void Remove(LabelSet labels) => Of(labels).RemoveLabelled(labels.Values);

    private Counter Of(LabelSet labels) => factory.CreateCounter(name, help, labels.Names, new CounterConfiguration { SuppressInitialValue = true });
}
