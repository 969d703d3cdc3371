using Prometheus;

namespace NSft.Silo.Measurements;

/// <summary>An instrument whose numbers are told by how often they were how large.</summary>
/// <param name="factory">Makes its series.</param>
/// <param name="name">Its name.</param>
/// <param name="help">What it measures.</param>
/// <param name="bounds">Upper bounds of the buckets, rising.</param>
internal sealed class ExportedHistogram(MetricFactory factory, string name, string help, double[] bounds) : ExportedInstrument
{
    /// <summary>Bounds of an instrument that names none: 1 ms to 500 s.</summary>
    public static double[] DefaultBounds { get; } =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500];

    /// <inheritdoc/>
    protected override Action<double> Open(LabelSet labels) => Of(labels).WithLabels(labels.Values).Observe;

    /// <inheritdoc/>
    protected override void Remove(LabelSet labels) => Of(labels).RemoveLabelled(labels.Values);

    private Histogram Of(LabelSet labels) =>
        factory.CreateHistogram(name, help, labels.Names, new HistogramConfiguration { Buckets = bounds, SuppressInitialValue = true });
}
