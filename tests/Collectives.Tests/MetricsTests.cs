using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using NSft.Collectives.Metrics;

namespace NSft.Collectives.Tests;

public class MetricsTests
{
    [Fact]
    public void CounterFamily_ManyThreads_LosesNoCount()
    {
        var counter = new CounterFamily("test.threads", "1", "Of a test", new LabelValues("kind", "a", "b"));

        Parallel.For(0, 10_000, i => counter.Add(i % 2 == 0 ? 1 : 0.5, i % 2 == 0 ? "a" : "b"));

        Assert.Equal(5000, counter.Total("a"));
        Assert.Equal(2500, counter.Total("b"));
    }

    [Fact]
    public void CounterFamily_UnknownValue_CountsAsTheLastOne()
    {
        var counter = new CounterFamily("test.unknown", "1", "Of a test", new LabelValues("operation", "read", "other"), new LabelValues("outcome", "ok", "failed"));

        counter.Add(1, "read", "ok");
        counter.Add(2, "rename", "ok");
        counter.Add(4, "rename", "burnt");

        Assert.Equal(
            ["operation=other outcome=failed 4", "operation=other outcome=ok 2", "operation=read outcome=failed 0", "operation=read outcome=ok 1"],
            Read("test.unknown"));
    }

    [Fact]
    public void CounterFamily_Adding_AllocatesNothing()
    {
        var counter = new CounterFamily("test.allocations", "1", "Of a test", new LabelValues("kind", "a", "b"));
        counter.Add(1, "b");

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            counter.Add(1, "b");
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void CounterFamily_WrongNumberOfValues_Throws()
    {
        var counter = new CounterFamily("test.arity", "1", "Of a test", new LabelValues("kind", "a"));

        Assert.Throws<ArgumentException>(() => counter.Add(1));
    }

    [Fact]
    public void GaugeSources_SeatGivenUp_IsTakenByTheNext()
    {
        var sources = new GaugeSources<Source>(2);
        sources.Gauge("test.seats", "1", "Of a test", "seat", source => source.Value);
        Source[] living = [new(1), new(2), new(3), new(4)];
        IDisposable first = sources.Add(living[0]);
        using IDisposable second = sources.Add(living[1]);
        IDisposable beyond = sources.Add(living[2]);
        Assert.Equal(["seat=0 1", "seat=1 2"], Read("test.seats"));

        beyond.Dispose();
        first.Dispose();
        Assert.Equal(["seat=1 2"], Read("test.seats"));
        using IDisposable next = sources.Add(living[3]);
        first.Dispose();

        Assert.Equal(["seat=0 4", "seat=1 2"], Read("test.seats"));
        Assert.Equal(6, sources.Sum(source => source.Value));
        GC.KeepAlive(living);
    }

    [Fact]
    public void GaugeSources_SourceForgotten_IsNotKeptAliveNorReported()
    {
        var sources = new GaugeSources<Source>(1);
        sources.Gauge("test.forgotten", "1", "Of a test", "seat", source => source.Value);
        Forget(sources);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.Empty(Read("test.forgotten"));
        Source next = new(7);
        using IDisposable registration = sources.Add(next);
        Assert.Equal(["seat=0 7"], Read("test.forgotten"));
        GC.KeepAlive(next);
    }

    [Theory]
    [InlineData("RateLimited", "rate_limited")]
    [InlineData("Server", "server")]
    public void LabelValues_NameOfCode_IsLowerCaseWithUnderscores(string name, string expected) => Assert.Equal(expected, LabelValues.Text(name));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(GaugeSources<Source> sources) => sources.Add(new Source(1));

    private static string[] Read(string name)
    {
        var found = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
            found.Add(string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Append($"{value}"))));
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private sealed record Source(double Value);
}
