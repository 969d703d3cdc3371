using System.Diagnostics.Metrics;

namespace NSft.Collectives.Metrics;

/// <summary>A histogram of durations with at most one label, whose tags are made once. Any thread; recording allocates nothing.</summary>
internal sealed class DurationFamily
{
    private readonly Histogram<double> _histogram;
    private readonly LabelSet _labels;

    /// <summary>Declares a histogram of seconds.</summary>
    /// <param name="name">Name, <c>nsft.area.thing</c>.</param>
    /// <param name="description">Its meaning.</param>
    /// <param name="bounds">Upper bounds of its buckets in seconds.</param>
    /// <param name="labels">Labels with all their values.</param>
    internal DurationFamily(string name, string description, double[] bounds, params LabelValues[] labels)
    {
        _labels = new LabelSet(labels);
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds };
        _histogram = NSftMeter.Shared.CreateHistogram(name, "s", description, tags: null, advice);
    }

    /// <summary>Records a duration.</summary>
    /// <param name="seconds">The duration.</param>
    /// <param name="values">A value for each label.</param>
    internal void Record(double seconds, params ReadOnlySpan<string> values) =>
        _histogram.Record(seconds, _labels.Tags(_labels.IndexOf(values)));

    /// <summary>Records a duration.</summary>
    /// <param name="duration">The duration.</param>
    /// <param name="values">A value for each label.</param>
    internal void Record(TimeSpan duration, params ReadOnlySpan<string> values) => Record(duration.TotalSeconds, values);
}
