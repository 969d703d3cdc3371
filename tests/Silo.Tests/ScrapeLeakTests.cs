using System.Diagnostics.Metrics;

namespace NSft.Silo.Tests;

/// <summary>Alone in the process while it measures memory.</summary>
[CollectionDefinition(nameof(ScrapeLeakTests), DisableParallelization = true)]
[Collection(nameof(ScrapeLeakTests))]
public sealed class ScrapeLeakTests
{
    private const int WarmUps = 1000;
    private const int Scrapes = 10_000;

    // A hundred bytes a scrape would be four times as much.
    private const long MostGrowth = 256 * 1024;

    // The runtime opens a few of its own at any time.
    private const int MostFiles = 50;

    [Fact]
    public async Task Metrics_TenThousandScrapes_LeaveNothingBehind()
    {
        using Meter meter = new(nameof(Metrics_TenThousandScrapes_LeaveNothingBehind));
        await using ListeningSilo silo = await ListeningSilo.StartAsync(meter.Name);
        Histogram<double> histogram = meter.CreateHistogram<double>("time", "s");
        Counter<long> counter = meter.CreateCounter<long>("steps");
        int scrape = 0;

        // Labels that come and go leave nothing either.
        meter.CreateObservableGauge("device", () => new Measurement<int>(scrape, new KeyValuePair<string, object?>("device", scrape % 1000)));
        await ScrapeAsync(WarmUps);
        int lines = (await silo.ScrapeAsync()).Count;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        int files = OpenFiles();
        await ScrapeAsync(Scrapes);
        long growth = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.Equal(lines, (await silo.ScrapeAsync()).Count);
        Assert.InRange(growth, long.MinValue, MostGrowth);
        Assert.InRange(OpenFiles(), 0, files + MostFiles);

        async Task ScrapeAsync(int count)
        {
            for (int end = scrape + count; scrape < end; scrape++)
            {
                histogram.Record(scrape % 7, new KeyValuePair<string, object?>("phase", scrape % 8));
                counter.Add(1);
                Assert.Equal(200, (await silo.GetAsync("/metrics")).Status);
            }
        }
    }

    private static int OpenFiles() => Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0;
}
