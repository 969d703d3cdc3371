using System.Text;
using NSft.Client.Datasets;
using NSft.Collectives;
using NSft.Data.Formats;
using NSft.Model.Images;
using Spectre.Console;

namespace NSft.Client.Tests.Datasets;

/// <summary>The parts of the data set verbs that need no files.</summary>
public sealed class DatasetPartsTests
{
    [Fact]
    public void LengthDistribution_Percentiles_AreNearestRanks()
    {
        LengthDistribution lengths = new();
        foreach (int length in Enumerable.Range(1, 100).Reverse())
        {
            lengths.Add(length);
        }

        Assert.Equal(new LengthFigures(100, 50.5, 1, 5, 50, 95, 99, 100), lengths.Figures());
        Assert.Null(new LengthDistribution().Figures());
    }

    [Fact]
    public void LengthDistribution_NegativeLengths_AreOrdered()
    {
        LengthDistribution lengths = new();
        lengths.Add(-5);
        lengths.Add(3);
        lengths.Add(-1);
        Assert.Equal((-5, -1, 3), (lengths.Percentile(0), lengths.Percentile(0.5), lengths.Percentile(1)));
    }

    [Fact]
    public void FrequentTexts_WithinCapacity_AreExact()
    {
        FrequentTexts texts = new(3);
        Array.ForEach(["b", "a", "c", "b", "a", "b"], texts.Add);
        Assert.True(texts.IsExact);
        Assert.Equal([("b", 3L), ("a", 2L)], texts.Top(2));
    }

    [Fact]
    public void FrequentTexts_TooManyTexts_KeepsTheFrequentOnes()
    {
        FrequentTexts texts = new(10);
        for (int index = 0; index < 1000; index++)
        {
            texts.Add("often");
            texts.Add("often");
            texts.Add($"once {index}");
        }

        Assert.False(texts.IsExact);
        Assert.Equal(("often", 2000L), Assert.Single(texts.Top(1)));
    }

    [Theory]
    [InlineData("train=0.9,eval=0.1", 2)]
    [InlineData("all=1", 1)]
    [InlineData("a=0.5, b=0.25, c=0.25", 3)]
    public void SplitPart_ParseAll_ReadsShares(string text, int count) => Assert.Equal(count, SplitPart.ParseAll("--parts", text).Count);

    [Theory]
    [InlineData("train=0.9", "0.9 together")]
    [InlineData("a=0.5,a=0.5", "named twice")]
    [InlineData("a", "name=share")]
    [InlineData("a=x", "name=share")]
    [InlineData("a=0,b=1", "name=share")]
    [InlineData("../a=1", "letters, digits")]
    [InlineData("", "together")]
    public void SplitPart_ParseAll_RefusesTheRest(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<UserInputException>(() => SplitPart.ParseAll("--parts", text)).Message, StringComparison.Ordinal);

    [Fact]
    public void SplitPlan_Shares_AreKept()
    {
        SplitPlan plan = new([new SplitPart("a", 0.7), new SplitPart("b", 0.2), new SplitPart("c", 0.1)], 5, null);
        int[] counts = new int[3];
        for (int row = 0; row < 20_000; row++)
        {
            counts[plan.PartOf(Record(row, "x.jpg"))]++;
        }

        Assert.InRange(counts[0], 13_700, 14_300);
        Assert.InRange(counts[1], 3_750, 4_250);
    }

    [Fact]
    public void ImageGroups_ImagesShownTogether_HaveOneKeyInAnyOrder()
    {
        DatasetRecord[] rows = [Record(1, "a.jpg", "b.jpg"), Record(2, "c.jpg", "d.jpg"), Record(3, "b.jpg", "c.jpg"), Record(4, "e.jpg")];
        ImageGroups forward = new();
        Array.ForEach(rows, forward.Observe);
        ImageGroups backward = new();
        Array.ForEach([.. rows.Reverse()], backward.Observe);

        Assert.Single(rows[..3].Select(forward.KeyOf).Distinct());
        Assert.NotEqual(forward.KeyOf(rows[0]), forward.KeyOf(rows[3]));
        Assert.Equal(rows.Select(forward.KeyOf), rows.Select(backward.KeyOf));
    }

    [Fact]
    public void ImageGroups_NamesOfOneCocoPicture_HaveOneKey()
    {
        ImageGroups groups = new();
        Assert.Equal(groups.KeyOf(Record(1, "train2017/000000000042.jpg")), groups.KeyOf(Record(2, "COCO_val2014_000000000042.jpg")));
    }

    [Theory]
    [InlineData("a.json", "a.json", null, null)]
    [InlineData("a.json=0.7", "a.json", 0.7, null)]
    [InlineData("a.json=1.0", "a.json", 1.0, null)]
    [InlineData("a.json=5000", "a.json", null, 5000L)]
    [InlineData("a=b.json=2", "a=b.json", null, 2L)]
    public void MixSource_Parse_ReadsShareOrRows(string text, string path, double? share, long? rows) =>
        Assert.Equal(new MixSource(path, share, rows), MixSource.Parse("--data", text));

    [Theory]
    [InlineData("a.json=1.5")]
    [InlineData("a.json=0")]
    [InlineData("a.json=-3")]
    [InlineData("a.json=")]
    public void MixSource_Parse_RefusesOtherNumbers(string text) => Assert.Throws<UserInputException>(() => MixSource.Parse("--data", text));

    [Theory]
    [InlineData(0.7, 0.3, null, false, new long[] { 99, 43 })]
    [InlineData(0.5, 0.5, null, true, new long[] { 1000, 1000 })]
    [InlineData(0.25, 0.75, 10L, false, new long[] { 3, 7 })]
    [InlineData(0.7, 0.3, 1000L, true, new long[] { 700, 300 })]
    public void MixPlan_Shares_AreApportioned(double first, double second, long? rows, bool mayRepeat, long[] taken) =>
        Assert.Equal(taken, MixPlan.Of([new MixSource("a", first, null), new MixSource("b", second, null)], [100, 1000], rows, mayRepeat));

    [Fact]
    public void MixPlan_Counts_AreTakenAsTheyAre() =>
        Assert.Equal([7, 1000], MixPlan.Of([new MixSource("a", null, 7), new MixSource("b", null, null)], [100, 1000], null, false));

    [Fact]
    public void MixPlan_TooFewRows_AsksForRepeat()
    {
        UserInputException error = Assert.Throws<UserInputException>(() => MixPlan.Of([new MixSource("a", null, 101)], [100], null, false));
        Assert.Contains("a: has 100 rows, 101 are wanted", error.Message, StringComparison.Ordinal);
        Assert.Contains("--repeat", error.Message, StringComparison.Ordinal);
        Assert.Equal([101], MixPlan.Of([new MixSource("a", null, 101)], [100], null, true));
    }

    [Fact]
    public void MixPlan_SharesBesideCounts_AreRefused()
    {
        MixSource[] sources = [new("a", 0.5, null), new("b", null, 5)];
        Assert.Throws<UserInputException>(() => MixPlan.Of(sources, [10, 10], null, false));
        Assert.Throws<UserInputException>(() => MixPlan.Of([sources[1]], [10], 3, false));
    }

    [Theory]
    [InlineData("[{\"a\": \"}{[\"}, {\"b\": {\"c\": [{}]}}]", 2)]
    [InlineData("{\"a\": \"x\\\"{\"}\n{\"b\": {}}\n\n{}\n", 3)]
    [InlineData("[]", 0)]
    [InlineData("[{\"a\": \"unfinished", 1)]
    [InlineData("", 0)]
    public void RowTotal_CountRows_CountsTopObjects(string text, long expected) => Assert.Equal(expected, RowTotal.CountRows(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void TerminalImage_Mean_AveragesThePixelsOfACell()
    {
        RgbImage image = new(2, 2, [0, 0, 0, 100, 100, 100, 200, 0, 50, 100, 0, 50]);
        Assert.Equal(new Color(50, 50, 50), TerminalImage.Mean(image, (0, 1), (0, 2)));
        Assert.Equal(new Color(150, 0, 50), TerminalImage.Mean(image, (0, 1), (1, 2)));
        Assert.Equal(new Color(100, 25, 50), TerminalImage.Mean(image, (0, 1), (0, 1)));
    }

    [Theory]
    [InlineData(48, 24, 16, 16, 4)]
    [InlineData(3, 1000, 8, 3, 500)]
    [InlineData(1000, 2, 10, 10, 1)]
    public void TerminalImage_Draw_KeepsTheShape(int width, int height, int columns, int cells, int lines)
    {
        Paragraph drawing = TerminalImage.Draw(new RgbImage(width, height, new byte[width * height * RgbImage.Channels]), columns);
        Assert.Equal(lines, drawing.Lines - 1);
        Assert.Equal(lines * (cells + 1), drawing.Length);
    }

    private static DatasetRecord Record(int row, params string[] images) => new(
        $"id-{row}", [.. images.Select(image => new DatasetImage(image, null))], [new DatasetMessage(DatasetRole.Human, "What?")], null, null)
    { Row = row };
}
