using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using NSft.Client.Quickstart;
using NSft.Collectives.Metrics;
using NSft.Grains.Hosting;
using NSft.Silo;
using NSft.Silo.Health;
using NSft.Silo.Measurements;

namespace NSft.Client.Benches;

/// <summary>Trains the sample in this process, which answers <c>/metrics</c> meanwhile, and times what measuring and scraping take.</summary>
/// <param name="workers">Workers of the run.</param>
/// <param name="steps">Steps of the run.</param>
/// <param name="scrapes">Scrapes to time, while the run goes on.</param>
internal sealed class MetricsBench(int workers, int steps, int scrapes)
{
    private const int Records = 1_000_000;
    private const string BenchMeter = "NSft.Bench";

    /// <summary>Runs it.</summary>
    public async Task<MetricsBenchResult> RunAsync(CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("nsft-bench-").FullName;
        try
        {
            await using SiloHttpServer server = await SiloHttpServer.StartAsync(new HttpOptions { Port = 0 }, new SiloHealth(), [], cancellation);
            await using LocalCluster cluster = await LocalCluster.StartAsync(workers, cancellation);
            using StepCount count = new();
            Task<RunOutcome> run = new RunClient(cluster.Client).TrainAsync(SampleWorld.Find().Training(steps), Path.Combine(folder, "out"), workers, cancellationToken: cancellation);
            await count.FirstStep.WaitAsync(cancellation);
            (double scrape, long bytes) = await ScrapeAsync(server.Address, cancellation);
            await run;
            return new MetricsBenchResult(steps, count.MeanStep, count.Measurements / (double)steps, TimeRecord(), scrape, bytes);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<(double Seconds, long Bytes)> ScrapeAsync(Uri address, CancellationToken cancellation)
    {
        using HttpClient client = new();
        Uri metrics = new(address, "metrics");
        long bytes = (await client.GetByteArrayAsync(metrics, cancellation)).LongLength;
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < scrapes; i++)
        {
            bytes = (await client.GetByteArrayAsync(metrics, cancellation)).LongLength;
        }

        return (Stopwatch.GetElapsedTime(begin).TotalSeconds / scrapes, bytes);
    }

    /// <summary>Seconds that one measurement takes, with its tag, through the exporter.</summary>
    private static double TimeRecord()
    {
        using Meter meter = new(BenchMeter);
        using InstrumentExport export = new([BenchMeter], NullLogger<InstrumentExport>.Instance);
        Histogram<double> histogram = meter.CreateHistogram("nsft.bench.duration", "s", "Of a bench", tags: null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500],
        });
        KeyValuePair<string, object?> tag = new("phase", "forward");
        histogram.Record(0.1, tag);
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < Records; i++)
        {
            histogram.Record(0.1, tag);
        }

        return Stopwatch.GetElapsedTime(begin).TotalSeconds / Records;
    }

    /// <summary>Counts what a run measures.</summary>
    private sealed class StepCount : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _gate = new();
        private long _measurements;
        private double _seconds;
        private int _steps;

        internal StepCount()
        {
            _listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == NSftMeter.Name && instrument is Histogram<double>)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>(Take);
            _listener.Start();
        }

        internal Task FirstStep => _first.Task;

        internal long Measurements => Interlocked.Read(ref _measurements);

        internal double MeanStep => _seconds / Math.Max(1, _steps);

        public void Dispose() => _listener.Dispose();

        private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        {
            Interlocked.Increment(ref _measurements);
            if (instrument.Name != "nsft.step.duration" || tags.Length != 1 || tags[0].Value as string != "total")
            {
                return;
            }

            lock (_gate)
            {
                _seconds += value;
                _steps++;
            }

            _first.TrySetResult();
        }
    }
}
