namespace Prometheus;

/// <summary>Where registries and factories come from.</summary>
public static class Metrics
{
    /// <summary>Makes an empty registry.</summary>
    /// <returns>The registry.</returns>
    public static CollectorRegistry NewCustomRegistry() => new();

    /// <summary>Makes a factory of metrics of a registry.</summary>
    /// <param name="registry">The registry.</param>
    /// <returns>The factory.</returns>
    public static MetricFactory WithCustomRegistry(CollectorRegistry registry) => new(registry);
}
