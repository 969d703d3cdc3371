namespace Prometheus;

/// <summary>How a metric is made.</summary>
public abstract class MetricConfiguration
{
    /// <summary>Whether a child is told only after it was first given a value.</summary>
    public bool SuppressInitialValue { get; set; }
}
