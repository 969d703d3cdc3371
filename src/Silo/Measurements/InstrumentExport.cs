using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace NSft.Silo.Measurements;

/// <summary>
/// Listens to instruments and keeps their numbers in a registry. The package has an adapter of its own, which tells counters as gauges,
/// knows no <see cref="Gauge{T}"/>, forgets what was still for five minutes, and goes on telling for as long what an observable instrument
/// no longer reports; here a counter is a counter, and observable instruments are told as they are at each collection.
/// </summary>
internal sealed class InstrumentExport : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, ExportedInstrument> _observables = new();
    private readonly Lock _gate = new();
    private readonly HashSet<string> _meters;
    private readonly MetricFactory _factory;
    private readonly ILogger<InstrumentExport> _logger;
    private long _collection;
    private int _failures;

    /// <summary>Listens from now on.</summary>
    /// <param name="meters">Names of the meters whose instruments are told.</param>
    /// <param name="logger">Told of instruments that cannot be.</param>
    public InstrumentExport(IEnumerable<string> meters, ILogger<InstrumentExport> logger)
    {
        _meters = new HashSet<string>(meters, StringComparer.Ordinal);
        _logger = logger;
        Registry = Prometheus.Metrics.NewCustomRegistry();
        _factory = Prometheus.Metrics.WithCustomRegistry(Registry);
        _listener.InstrumentPublished = Publish;
        _listener.MeasurementsCompleted = (instrument, _) => _observables.TryRemove(instrument, out var _);
        Take<byte>(value => value);
        Take<short>(value => value);
        Take<int>(value => value);
        Take<long>(value => value);
        Take<float>(value => value);
        Take<double>(value => value);
        Take<decimal>(value => (double)value);
        _listener.Start();
        Registry.AddBeforeCollectCallback(Observe);
    }

    /// <summary>The numbers.</summary>
    public CollectorRegistry Registry { get; }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static Type Kind(Instrument instrument) =>
        instrument.GetType() is { IsGenericType: true } type ? type.GetGenericTypeDefinition() : instrument.GetType();

    private static double[] Bounds(Instrument instrument) => (instrument switch
    {
        Histogram<double> one => one.Advice?.HistogramBucketBoundaries,
        Histogram<float> one => one.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray(),
        Histogram<long> one => one.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray(),
        Histogram<int> one => one.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray(),
        _ => null,
    })?.ToArray() ?? ExportedHistogram.DefaultBounds;

    private void Take<T>(Func<T, double> convert)
        where T : struct =>
        _listener.SetMeasurementEventCallback<T>((_, value, tags, state) => Record(convert(value), tags, state as ExportedInstrument));

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!_meters.Contains(instrument.Meter.Name) || Export(instrument) is not { } exported)
        {
            return;
        }

        if (instrument.IsObservable)
        {
            _observables[instrument] = exported;
        }

        listener.EnableMeasurementEvents(instrument, exported);
    }

    private ExportedInstrument? Export(Instrument instrument)
    {
        var name = MetricNames.Of(instrument.Name);
        var help = MetricNames.Help(instrument);
        var kind = Kind(instrument);
        return kind == typeof(Counter<>) ? new ExportedCounter(_factory, name, help, isTotal: false)
            : kind == typeof(ObservableCounter<>) ? new ExportedCounter(_factory, name, help, isTotal: true)
            : kind == typeof(UpDownCounter<>) ? new ExportedGauge(_factory, name, help, isTotal: false)
            : kind == typeof(Gauge<>) || kind == typeof(ObservableGauge<>) || kind == typeof(ObservableUpDownCounter<>) ? new ExportedGauge(_factory, name, help, isTotal: true)
            : kind == typeof(Histogram<>) ? new ExportedHistogram(_factory, name, help, Bounds(instrument))
            : null;
    }

    /// <summary>Whoever measures must never fail by it.</summary>
    private void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, ExportedInstrument? exported)
    {
        try
        {
            exported?.Record(value, tags, Volatile.Read(ref _collection));
        }
#pragma warning disable CA1031 // a name that another instrument has, a counter that falls: said once, and the number is lost
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Complain(exception);
        }
    }

    private void Observe()
    {
        lock (_gate)
        {
            _collection++;
            try
            {
                _listener.RecordObservableInstruments();
            }
#pragma warning disable CA1031 // an instrument that cannot be read is not told; the others are
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Complain(exception);
            }

            foreach (var exported in _observables.Values)
            {
                exported.RemoveUntold(_collection);
            }
        }
    }

    private void Complain(Exception exception)
    {
        if (Interlocked.Increment(ref _failures) == 1)
        {
            ExportLog.Failed(_logger, exception);
        }
    }
}
