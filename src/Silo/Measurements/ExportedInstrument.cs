using System.Collections.Concurrent;

namespace NSft.Silo.Measurements;

/// <summary>An instrument on the endpoint: one series for each set of labels. Any thread.</summary>
internal abstract class ExportedInstrument
{
    /// <summary>Most series that one instrument may have: whoever tags with what has no bound loses the rest instead of the memory.</summary>
    public const int MostSeries = 1000;

    private readonly ConcurrentDictionary<LabelSet, Series> _series = new();

    /// <summary>Measurements that found no room for their labels.</summary>
    public long Refused { get; private set; }

    /// <summary>Takes a measurement.</summary>
    /// <param name="value">The number.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="collection">Number of the collection that goes on.</param>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, long collection)
    {
        var labels = LabelSet.Of(tags);
        if (!_series.TryGetValue(labels, out var series))
        {
            if (_series.Count >= MostSeries)
            {
                Refused++;
                return;
            }

            series = _series.GetOrAdd(labels, one => new Series(Open(one)));
        }

        series.Collection = collection;
        series.Record(value);
    }

    /// <summary>Takes away what was not told in a collection.</summary>
    /// <param name="collection">Number of the collection.</param>
    public void RemoveUntold(long collection)
    {
        foreach (var (labels, series) in _series)
        {
            if (series.Collection != collection && _series.TryRemove(labels, out _))
            {
                Remove(labels);
            }
        }
    }

    /// <summary>Makes a series.</summary>
    /// <param name="labels">Its labels.</param>
    /// <returns>Takes its measurements.</returns>
    protected abstract Action<double> Open(LabelSet labels);

    /// <summary>Takes a series away.</summary>
    /// <param name="labels">Its labels.</param>
    protected abstract void Remove(LabelSet labels);

    private sealed class Series(Action<double> record)
    {
        public Action<double> Record { get; } = record;

        public long Collection { get; set; }
    }
}
