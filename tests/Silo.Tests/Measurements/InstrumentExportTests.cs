using System.Diagnostics.Metrics;
using System.Globalization;
using NSft.Silo.Measurements;

namespace NSft.Silo.Tests.Measurements;

public sealed class InstrumentExportTests
{
    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    [Fact]
    public async Task Metrics_EachKindOfInstrument_HasItsTypeAndValue()
    {
        using Meter meter = new(nameof(Metrics_EachKindOfInstrument_HasItsTypeAndValue));
        await using ListeningSilo silo = await ListeningSilo.StartAsync(meter.Name);
        Counter<long> counter = meter.CreateCounter<long>("nsft.a.counter", "{step}", "Steps");
        counter.Add(2);
        counter.Add(3);
        UpDownCounter<int> upDown = meter.CreateUpDownCounter<int>("nsft.a.updown");
        upDown.Add(2);
        upDown.Add(-5);
        meter.CreateGauge<double>("nsft.a.gauge").Record(0.25);
        meter.CreateObservableCounter("nsft.a.total", () => 7L);
        meter.CreateObservableGauge("nsft.a.level", () => 1.5f);
        meter.CreateObservableUpDownCounter("nsft.a.sum", () => -3m);
        Histogram<double> histogram = meter.CreateHistogram<double>("nsft.a.time", "s", "Time", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        histogram.Record(0.5);
        histogram.Record(2);
        histogram.Record(double.NaN);

        (_, string text) = await silo.GetAsync("/metrics");
        Dictionary<string, string> samples = await silo.ScrapeAsync();
        Assert.Contains("# HELP nsft_a_counter Steps ({step})\n# TYPE nsft_a_counter counter\nnsft_a_counter 5\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE nsft_a_updown gauge\nnsft_a_updown -3\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE nsft_a_gauge gauge\nnsft_a_gauge 0.25\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE nsft_a_total counter\nnsft_a_total 7\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE nsft_a_level gauge\nnsft_a_level 1.5\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE nsft_a_sum gauge\nnsft_a_sum -3\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE nsft_a_time histogram\n", text, StringComparison.Ordinal);
        Assert.Equal(["2.5", "2"], [samples["nsft_a_time_sum"], samples["nsft_a_time_count"]]);
        Assert.Equal(["1", "1", "2"], [samples["nsft_a_time_bucket{le=\"0.5\"}"], samples["nsft_a_time_bucket{le=\"1\"}"], samples["nsft_a_time_bucket{le=\"+Inf\"}"]]);
    }

    [Fact]
    public async Task Metrics_HistogramWithoutBounds_HasTheDefaultOnes()
    {
        using Meter meter = new(nameof(Metrics_HistogramWithoutBounds_HasTheDefaultOnes));
        await using ListeningSilo silo = await ListeningSilo.StartAsync(meter.Name);
        meter.CreateHistogram<long>("time").Record(7);
        Dictionary<string, string> samples = await silo.ScrapeAsync();
        Assert.Equal("0", samples["time_bucket{le=\"5\"}"]);
        Assert.Equal("1", samples["time_bucket{le=\"10\"}"]);
        Assert.Equal(ExportedHistogram.DefaultBounds.Length + 1, samples.Keys.Count(key => key.StartsWith("time_bucket", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Metrics_TagsInAnyOrderAndWithAnyText_AreOneSeriesAndOneLine()
    {
        using Meter meter = new(nameof(Metrics_TagsInAnyOrderAndWithAnyText_AreOneSeriesAndOneLine));
        await using ListeningSilo silo = await ListeningSilo.StartAsync(meter.Name);
        Counter<int> counter = meter.CreateCounter<int>("c");
        counter.Add(1, Tag("b.x", "say \"no\"\n\\"), Tag("a", 1.5));
        counter.Add(1, Tag("a", 1.5), Tag("b.x", "say \"no\"\n\\"));
        counter.Add(1, Tag("a", null), Tag("a", "second"));
        Dictionary<string, string> samples = await silo.ScrapeAsync();
        Assert.Equal("2", samples["""c{a="1.5",b_x="say \"no\"\n\\"}"""]);
        Assert.Equal("1", samples["c{a=\"\"}"]);
        Assert.Equal(2, samples.Count);
    }

    [Fact]
    public async Task Metrics_ObservableThatReportsALabelNoMore_ForgetsIt()
    {
        using Meter meter = new(nameof(Metrics_ObservableThatReportsALabelNoMore_ForgetsIt));
        await using ListeningSilo silo = await ListeningSilo.StartAsync(meter.Name);
        List<Measurement<int>> told = [new(1, Tag("device", "0")), new(2, Tag("device", "1")), new(3)];
        meter.CreateObservableGauge("memory", () => told);
        Assert.Equal(3, (await silo.ScrapeAsync()).Count);
        told = [new(4, Tag("device", "1"))];
        Assert.Equal([new KeyValuePair<string, string>("memory{device=\"1\"}", "4")], await silo.ScrapeAsync());
        told = [new(5)];
        Assert.Equal([new KeyValuePair<string, string>("memory", "5")], await silo.ScrapeAsync());
    }

    [Fact]
    public async Task Metrics_ObservableThatFails_LeavesTheOthers()
    {
        using Meter meter = new(nameof(Metrics_ObservableThatFails_LeavesTheOthers));
        await using ListeningSilo silo = await ListeningSilo.StartAsync(meter.Name);
        bool fails = false;
        meter.CreateObservableGauge("a.bad", () => fails ? throw new InvalidOperationException("no device") : 1);
        meter.CreateObservableGauge("b.good", () => 2);
        Assert.Equal(2, (await silo.ScrapeAsync()).Count);
        fails = true;
        Assert.Equal([new KeyValuePair<string, string>("b_good", "2")], await silo.ScrapeAsync());
        Assert.Contains("no device", silo.Log, StringComparison.Ordinal);
        fails = false;
        Assert.Equal("1", (await silo.ScrapeAsync())["a_bad"]);
    }

    [Fact]
    public async Task Metrics_TwoKindsOfOneName_KeepTheFirstAndFailNobody()
    {
        using Meter meter = new(nameof(Metrics_TwoKindsOfOneName_KeepTheFirstAndFailNobody));
        await using ListeningSilo silo = await ListeningSilo.StartAsync(meter.Name);
        meter.CreateGauge<int>("one").Record(4);
        meter.CreateCounter<int>("one").Add(1);
        Counter<int> falling = meter.CreateCounter<int>("two");
        falling.Add(2);
        falling.Add(-1);
        Dictionary<string, string> samples = await silo.ScrapeAsync();
        Assert.Equal(["4", "2"], [samples["one"], samples["two"]]);
    }

    [Fact]
    public async Task Metrics_TagWithoutBound_IsBounded()
    {
        using Meter meter = new(nameof(Metrics_TagWithoutBound_IsBounded));
        await using ListeningSilo silo = await ListeningSilo.StartAsync(meter.Name);
        Counter<int> counter = meter.CreateCounter<int>("c");
        for (int run = 0; run < ExportedInstrument.MostSeries + 500; run++)
        {
            counter.Add(1, Tag("run", run));
        }

        Assert.Equal(ExportedInstrument.MostSeries, (await silo.ScrapeAsync()).Count);
    }

    [Fact]
    public async Task Metrics_OtherMeters_AreNotTold()
    {
        using Meter meter = new(nameof(Metrics_OtherMeters_AreNotTold));
        await using ListeningSilo silo = await ListeningSilo.StartAsync("another");
        meter.CreateCounter<int>("c").Add(1);
        Assert.Empty(await silo.ScrapeAsync());
    }

    [Fact]
    public async Task Metrics_ManyThreadsWhileScraped_LoseNothing()
    {
        using Meter meter = new(nameof(Metrics_ManyThreadsWhileScraped_LoseNothing));
        await using ListeningSilo silo = await ListeningSilo.StartAsync(meter.Name);
        Counter<int> counter = meter.CreateCounter<int>("c");
        Histogram<double> histogram = meter.CreateHistogram<double>("h");
        const int Each = 5000;
        const int Threads = 4;
        Task work = Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (int round = 0; round < Each; round++)
            {
                counter.Add(1, Tag("thread", thread % 2));
                histogram.Record(round % 3);
            }
        })));
        do
        {
            Dictionary<string, string> during = await silo.ScrapeAsync();
            Assert.Equal(during.GetValueOrDefault("h_count"), during.GetValueOrDefault("h_bucket{le=\"+Inf\"}"));
        }
        while (!work.IsCompleted);
        await work;
        Dictionary<string, string> samples = await silo.ScrapeAsync();
        Assert.Equal(Threads * Each, samples.Where(sample => sample.Key.StartsWith("c{", StringComparison.Ordinal)).Sum(sample => int.Parse(sample.Value, CultureInfo.InvariantCulture)));
        Assert.Equal((Threads * Each).ToString(CultureInfo.InvariantCulture), samples["h_count"]);
    }
}
