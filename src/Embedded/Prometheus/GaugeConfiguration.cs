namespace Prometheus;

/// <summary>How a gauge is made.</summary>
public sealed class GaugeConfiguration : MetricConfiguration
{
}
