using System.Xml.Linq;
using NSft.Client.Quickstart;
using NSft.Client.Quickstart.Report;
using NSft.Data.Construction;
using NSft.Data.Construction.Reporting;
using NSft.Evaluation.Chair;
using NSft.Evaluation.Pope;
using NSft.Evaluation.Vqa;
using NSft.Grains.Hosting;

namespace NSft.Client.Tests;

public sealed class ReportPageTests
{
    private static readonly ChairAnnotations Truth = new(
        new ObjectVocabulary([["ring"], ["moon"], ["star"]]),
        [
            new ChairImage("eval_00000.jpg", new HashSet<string> { "ring" }),
            new ChairImage("eval_00001.jpg", new HashSet<string> { "moon" }),
        ]);

    [Fact]
    public void Mark_InventedObject_IsMarkedAndTextEscaped() =>
        Assert.Equal(
            "A ring &amp; a <mark>moon</mark>, two <mark>stars</mark>.",
            Gallery.Mark(Truth.Vocabulary, Truth.Images[0], "A ring & a moon, two stars."));

    [Fact]
    public void Choose_RepairedAndRemaining_AreShown()
    {
        MethodResult before = Row("baseline", "a moon", "a star", 0.5);
        MethodResult after = Row("nsft", "a ring", "a star", 0.1);
        Assert.Equal(["eval_00000.jpg", "eval_00001.jpg"], Gallery.Choose(Truth, before, after).Select(image => image.Image));
    }

    [Fact]
    public void Render_Result_IsOneSelfContainedPage()
    {
        MethodResult trained = Row("nsft", "a ring", "a moon", 0.1) with
        {
            LearningRate = 1e-4,
            PeakExtraBytes = 3 << 20,
            TrainingTime = TimeSpan.FromSeconds(12),
            Steps = [new TrainingPoint(1, 2.0), new TrainingPoint(2, 1.0)],
        };
        ConstructionManifest manifest = new("p.json", "d", new ConstructionProvenance("rules", "c", "l", "p.json"), new Dictionary<string, string>(), "o");
        ConstructionOutcome construction = new(new ConstructionRecord(new ConstructionSummary { PairCount = 7, TurnCount = 42 }, manifest), TimeSpan.Zero);
        QuickstartResult result = new([Row("baseline", "a moon", "a moon", 0.5), trained], construction, new RunShape(2, 3, 32), TimeSpan.FromSeconds(100));
        string page = ReportPage.Render(result, Truth, Fixture.SampleImages);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("data:image/jpeg;base64,", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        Assert.Contains("3 MiB", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        foreach (string svg in page.Split("<svg").Skip(1).Select(part => "<svg" + part[..(part.IndexOf("</svg>", StringComparison.Ordinal) + 6)]))
        {
            Assert.Equal("svg", XElement.Parse(svg).Name.LocalName);
        }
    }

    [Fact]
    public void IsBest_Columns_FollowTheirDirection()
    {
        MethodResult[] rows = [Row("baseline", "a moon", "a moon", 0.5), Row("nsft", "a ring", "a moon", 0.1)];
        ComparisonColumn chair = ComparisonColumn.All.Single(column => column.Title == "CHAIRi");
        ComparisonColumn memory = ComparisonColumn.All.Single(column => column.Title == "peak memory");
        Assert.Equal([false, true], rows.Select(row => chair.IsBest(row, rows)));
        Assert.Equal([false, false], rows.Select(row => memory.IsBest(row, rows)));
    }

    private static MethodResult Row(string method, string first, string second, double chair) => new()
    {
        Method = method,
        Title = method,
        Chair = new ChairScore(chair, chair, 0.9, 2, 10, 1, 5, 0),
        Pope = new[] { "random", "popular", "adversarial" }.ToDictionary(split => split, _ => new PopeScore(0.9, 0.9, 0.9, 0.9, 0.5, 0, 10)),
        Vqa = new VqaScore(0.8, new Dictionary<string, double>(), 10, 0),
        Captions = new Dictionary<string, string> { ["eval_00000.jpg"] = first, ["eval_00001.jpg"] = second },
    };
}
