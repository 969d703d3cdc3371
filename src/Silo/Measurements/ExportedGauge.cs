using Prometheus;

namespace NSft.Silo.Measurements;

/// <summary>An instrument that rises and falls.</summary>
/// <param name="factory">Makes its series.</param>
/// <param name="name">Its name.</param>
/// <param name="help">What it shows.</param>
/// <param name="isTotal">Whether a measurement is the number itself instead of what is added to it.</param>
internal sealed class ExportedGauge(MetricFactory factory, string name, string help, bool isTotal) : ExportedInstrument
{
    /// <inheritdoc/>
    protected override Action<double> Open(LabelSet labels)
    {
        var child = Of(labels).WithLabels(labels.Values);
        return isTotal ? child.Set : value => child.Inc(value);
    }

    /// <inheritdoc/>
    protected override void Remove(LabelSet labels) => Of(labels).RemoveLabelled(labels.Values);

    private Gauge Of(LabelSet labels) => factory.CreateGauge(name, help, labels.Names, new GaugeConfiguration { SuppressInitialValue = true });
}
