using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using NSft.Collectives.Metrics;
using NSft.Grains.Instruments;
using NSft.Tests;

namespace NSft.Grains.Tests.Instruments;

public partial class InstrumentListTests
{
    [Fact]
    public void Document_ListsTheInstrumentsThatExist_WithKindAndUnit()
    {
        string[] declared = [.. Declared().Select(instrument => $"{instrument.Name} {KindOf(instrument)} {instrument.Unit}").Order(StringComparer.Ordinal)];

        string[] documented = [.. Rows().Select(row => $"{row.Name} {row.Kind} {row.Unit}").Order(StringComparer.Ordinal)];

        Assert.NotEmpty(documented);
        Assert.Equal(documented, declared);
    }

    [Fact]
    public void Document_NamesEveryLabelAndValue_ThatCountersReport()
    {
        var missing = new List<string>();
        foreach (var (instrument, tag) in Observed())
        {
            var row = Rows().Single(row => row.Name == instrument);
            if (!row.Labels.Contains($"`{tag.Key}`", StringComparison.Ordinal)
                || (tag.Key != "reason" || instrument != "nsft.construction.rejected") && !row.Meaning.Contains($"`{tag.Value}`", StringComparison.Ordinal))
            {
                missing.Add($"{instrument}: {tag.Key}={tag.Value}");
            }
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void Counters_AreReportedWithZero_BeforeTheyCount()
    {
        var counters = Observed().Select(one => one.Instrument).Distinct().ToList();

        Assert.Contains("nsft.step.discarded", counters);
        Assert.Contains("nsft.storage.requests", counters);
        Assert.Contains("nsft.worker.deaths", counters);
    }

    private static List<Instrument> Declared()
    {
        NSftInstruments.Declare();
        var found = new List<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => found.Add(instrument) };
        listener.Start();
        return [.. found.Where(instrument => instrument.Meter.Name == NSftMeter.Name)];
    }

    private static List<(string Instrument, KeyValuePair<string, object?> Tag)> Observed()
    {
        NSftInstruments.Declare();
        var found = new List<(string, KeyValuePair<string, object?>)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == NSftMeter.Name && instrument is ObservableCounter<double>)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            foreach (var tag in tags)
            {
                found.Add((instrument.Name, tag));
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }

    private static string KindOf(Instrument instrument) => Generic().Replace(instrument.GetType().Name, string.Empty) switch
    {
        "ObservableCounter" => "counter",
        "ObservableGauge" => "gauge",
        "Histogram" => "histogram",
        var other => other,
    };

    private static List<(string Name, string Kind, string Unit, string Labels, string Meaning)> Rows() =>
        [.. File.ReadLines(RepositoryPaths.At("docs", "metrics.md"))
            .Where(line => line.StartsWith("| `nsft.", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1].Trim('`'), cells[2], cells[3], cells[4], cells[6]))];

    [GeneratedRegex("`.*$")]
    private static partial Regex Generic();
}
