namespace Prometheus;

/// <summary>Makes metrics of a registry; one that is there already is given again.</summary>
public sealed class MetricFactory
{
    private readonly CollectorRegistry _registry;

    internal MetricFactory(CollectorRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        _registry = registry;
    }

    /// <summary>A counter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="help">What it counts.</param>
    /// <param name="labelNames">Names of its labels.</param>
    /// <param name="configuration">How it is made; null for the defaults.</param>
    /// <returns>The counter.</returns>
    /// <exception cref="InvalidOperationException">A metric of this name has another type.</exception>
    public Counter CreateCounter(string name, string help, string[] labelNames, CounterConfiguration? configuration = null) =>
        _registry.GetOrAdd(name, labelNames, () => new Counter(name, help, labelNames, configuration));

    /// <summary>A gauge.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="help">What it shows.</param>
    /// <param name="labelNames">Names of its labels.</param>
    /// <param name="configuration">How it is made; null for the defaults.</param>
    /// <returns>The gauge.</returns>
    /// <exception cref="InvalidOperationException">A metric of this name has another type.</exception>
    public Gauge CreateGauge(string name, string help, string[] labelNames, GaugeConfiguration? configuration = null) =>
        _registry.GetOrAdd(name, labelNames, () => new Gauge(name, help, labelNames, configuration));

    /// <summary>A histogram.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="help">What it measures.</param>
    /// <param name="labelNames">Names of its labels.</param>
    /// <param name="configuration">How it is made; null for the defaults.</param>
    /// <returns>The histogram.</returns>
    /// <exception cref="InvalidOperationException">A metric of this name has another type.</exception>
    public Histogram CreateHistogram(string name, string help, string[] labelNames, HistogramConfiguration? configuration = null) =>
        _registry.GetOrAdd(name, labelNames, () => new Histogram(name, help, labelNames, configuration));
}
