namespace Prometheus;

/// <summary>How a counter is made.</summary>
public sealed class CounterConfiguration : MetricConfiguration
{
}
