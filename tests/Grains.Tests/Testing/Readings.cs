using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using NSft.Collectives.Metrics;
using NSft.Grains.Instruments;

namespace NSft.Grains.Tests.Testing;

/// <summary>What an exporter reads of this process: values of counters and gauges at a moment, and what histograms were given meanwhile.</summary>
internal sealed class Readings : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _observed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> _recorded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _start;

    internal Readings()
    {
        NSftInstruments.Declare();
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == NSftMeter.Name)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(Take);
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, state) => Take(instrument, value, tags, state));
        _listener.Start();
        _start = Scrape();
    }

    /// <summary>All counters and gauges now: <c>name{label=value,...}</c> in the order of the labels' names.</summary>
    internal Dictionary<string, double> Scrape()
    {
        _observed.Clear();
        _listener.RecordObservableInstruments();
        return new Dictionary<string, double>(_observed, StringComparer.Ordinal);
    }

    /// <summary>How much a counter has grown since these readings began.</summary>
    internal double Growth(string series) => Scrape()[series] - _start[series];

    /// <summary>What a histogram was given since these readings began.</summary>
    internal IReadOnlyCollection<double> Recorded(string series) => _recorded.TryGetValue(series, out var values) ? values : [];

    /// <summary>Reads until something holds.</summary>
    internal async Task<Dictionary<string, double>> UntilAsync(Func<Dictionary<string, double>, bool> condition)
    {
        while (true)
        {
            var seen = Scrape();
            if (condition(seen))
            {
                return seen;
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until a counter has grown so much since these readings began.</summary>
    internal Task GrownAsync(string series, double by) => UntilAsync(seen => seen[series] - _start[series] >= by);

    /// <summary>The values of a gauge or counter now, by label set.</summary>
    internal Dictionary<string, double> Of(string name) =>
        Scrape().Where(one => one.Key == name || one.Key.StartsWith(name + "{", StringComparison.Ordinal)).ToDictionary();

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var labels = string.Join(',', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
        var series = labels.Length == 0 ? instrument.Name : $"{instrument.Name}{{{labels}}}";
        if (instrument is Histogram<double>)
        {
            _recorded.GetOrAdd(series, _ => []).Add(value);
        }
        else
        {
            _observed[series] = value;
        }
    }
}
