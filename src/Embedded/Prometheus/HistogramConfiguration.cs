namespace Prometheus;

/// <summary>How a histogram is made.</summary>
public sealed class HistogramConfiguration : MetricConfiguration
{
    /// <summary>Upper bounds of the buckets, rising; null for 5 ms to 10 s. The last one, infinity, need not be given.</summary>
    public double[]? Buckets { get; set; }
}
