using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NSft.Collectives;
using NSft.Data.Chat;
using NSft.Data.Construction;
using NSft.Data.Construction.Reporting;

namespace NSft.Data.Tests.Reporting;

/// <summary>The report of a corrective set, its picture, and the summary of a job.</summary>
public sealed class SetReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_CorrectiveFile_CountsWhatWasWritten()
    {
        string path = WriteSet("set.json", 40);
        SetReport report = SetReport.Read(path);
        Assert.Equal((40, 80), (report.RowCount, report.TurnCount));
        Assert.Equal(0.5, report.YesShare);
        Assert.Equal(("attribute", 40), Single(report.ErrorsByKind));
        Assert.Equal(("relation", 80), Single(report.TurnsByCode));
        Assert.Equal((40, 40), (report.TurnsByKind["correct"], report.TurnsByKind["confirm"]));
        Assert.Equal(("rules", 40), Single(report.RowsByConstructor));
        Assert.Equal(["codebook-hash"], report.Codebooks);
        Assert.Equal([new WordCount("dog", 160), new WordCount("frisbee", 80)], report.Nouns);
        Assert.Equal([new WordCount("chase", 80)], report.Verbs);
    }

    [Fact]
    public void Read_RowsWithoutMeta_CountByTheirAnswers()
    {
        string path = _folder.Write("plain.json", """
            [{"id": "1", "image": "a.jpg", "conversations": [{"from": "human", "value": "<image>\nWhat is this?\nAnswer the question using a single word or phrase."}, {"from": "gpt", "value": "Nothing"}]},
             {"id": "2", "image": "a.jpg", "conversations": [{"from": "human", "value": "<image>\nIs it a cat?"}, {"from": "gpt", "value": "no"}]}]
            """);
        SetReport report = SetReport.Read(path);
        Assert.Equal((1, 1), (report.TurnsByPolarity["open"], report.TurnsByPolarity["no"]));
        Assert.Equal([new WordCount("cat", 1)], report.Nouns);
        Assert.Empty(report.TurnsByCode);
    }

    [Theory]
    [InlineData("[{\"id\": 1}]", "row 1: is no conversation")]
    [InlineData("[{\"conversations\": []}, 3]", "row 2: is no conversation")]
    public void Read_OtherFile_IsRefusedByRow(string text, string reason) => Assert.Contains(
        reason, Assert.Throws<UserInputException>(() => SetReport.Read(_folder.Write("other.json", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Picture_OfTwoSets_IsWellFormedAndNoWordTouchesAnother()
    {
        SetReport report = Report(90);
        string svg = SetPicture.Render(report, report with { Path = "b/other.json", TurnsByCode = new Dictionary<string, int> { ["<odd> & \"code\""] = 3 } });
        XDocument document = XDocument.Parse(svg);
        Assert.Equal(svg, SetPicture.Render(report, report with { Path = "b/other.json", TurnsByCode = new Dictionary<string, int> { ["<odd> & \"code\""] = 3 } }));
        Assert.DoesNotMatch(new Regex("NaN|Infinity|∞"), svg);
        XElement[] clouds = [.. document.Descendants().Where(element => element.Name.LocalName == "g")];
        Assert.Equal(2, clouds.Length);
        foreach (XElement cloud in clouds)
        {
            PlacedWord[] words = [.. cloud.Elements().Select(Placed)];
            Assert.True(words.Length >= 60, $"{words.Length} words");
            Assert.All(words, word => Assert.True(word.Size >= 11 && word.Left >= 0 && word.Top >= -0.01 && word.Top + word.Size <= 381, word.ToString()));
            for (int index = 0; index < words.Length; index++)
            {
                Assert.DoesNotContain(words.Skip(index + 1), other => words[index].Touches(other, 0));
            }

            Assert.True(words[0].Size > words[^1].Size * 1.5);
        }
    }

    [Fact]
    public void Picture_OfAnEmptyOrLongWordedSet_IsDrawn()
    {
        SetReport empty = Report(0);
        Assert.NotNull(XDocument.Parse(SetPicture.Render(empty, null)).Root);
        SetReport wide = empty with { Nouns = [new WordCount(new string('w', 400), 5), new WordCount("dog", 4)] };
        Assert.NotNull(XDocument.Parse(SetPicture.Render(wide, null)).Root);
    }

    [Fact]
    public void Summary_OfResults_CountsEveryOutcomeAndMerges()
    {
        CorrectiveTurn open = new("What is it?", "A dog.", "existence", TurnPolarity.Open, TurnKind.Confirm);
        CorrectiveTurn yes = new("Is it a dog?", "Yes.", "existence", TurnPolarity.Yes, TurnKind.Correct);
        PairResult[] results =
        [
            new("a", "openai") { Conversation = new CorrectiveConversation("a", "a.jpg", [ErrorKind.Invented], [open, yes]), IsRepaired = true, Rejections = ["schema", "schema"], Usage = new ChatUsage(2, 30, 5, 0) },
            new("b", "rules") { Conversation = new CorrectiveConversation("b", "b.jpg", [], []), IsFallback = true, Rejections = ["span"], Usage = new ChatUsage(2, 10, 1, 1) },
            new("c", "openai") { DeadLetter = new DeadLetter("c", 3, "truncated", "cut off"), Usage = new ChatUsage(1, 10, 1, 0) },
        ];
        ConstructionSummary summary = ConstructionSummary.Of(results.Take(1)).Merge(ConstructionSummary.Of(results.Skip(1)));
        Assert.Equal((3, 1, 1, 1, 1, 1), (summary.PairCount, summary.ConversationCount, summary.PairsWithoutTurns, summary.RepairedCount, summary.FallbackCount, summary.DeadLetterCount));
        Assert.Equal((2, 1), (summary.RejectionsByReason["schema"], summary.RejectionsByReason["span"]));
        Assert.Equal((1, 1), (summary.PairsByConstructor["rules"], summary.DeadLettersByReason["truncated"]));
        Assert.Equal(new ChatUsage(5, 50, 7, 1), summary.Usage);
        Assert.Equal((1, 1.0, 2.0), (summary.TurnsByPolarity["open"], summary.YesShare, summary.MeanTurns));
    }

    private static (string Name, int Count) Single(IReadOnlyDictionary<string, int> counts) => (Assert.Single(counts).Key, counts.Values.Single());

    private static PlacedWord Placed(XElement text)
    {
        double Number(string name) => double.Parse(text.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        return new PlacedWord(text.Value, 1, WordClass.Noun, Number("x"), Number("y") - (Number("font-size") * 0.78), Number("textLength"), Number("font-size"));
    }

    private static SetReport Report(int words) => new()
    {
        Path = "a/set.json",
        RowCount = words,
        TurnCount = 3 * words,
        ErrorsByKind = new Dictionary<string, int> { ["attribute"] = words },
        TurnsByCode = new Dictionary<string, int> { ["existence"] = 2 * words, ["count"] = words },
        TurnsByPolarity = new Dictionary<string, int> { ["yes"] = words, ["no"] = words },
        TurnsByKind = new Dictionary<string, int>(),
        RowsByConstructor = new Dictionary<string, int> { ["rules"] = words },
        Codebooks = [],
        Nouns = [.. Enumerable.Range(0, words).Select(index => new WordCount("noun" + new string((char)('a' + (index % 26)), 1 + (index % 9)), 1 + (8000 / (1 + index))))],
        Verbs = [.. Enumerable.Range(0, words / 2).Select(index => new WordCount("verb" + (char)('a' + (index % 26)), 1 + (4000 / (1 + index))))],
    };

    private string WriteSet(string name, int count)
    {
        IEnumerable<CorrectiveConversation> set = Enumerable.Range(0, count).Select(index => new CorrectiveConversation($"p{index}", $"{index}.jpg", [ErrorKind.Attribute],
        [
            new CorrectiveTurn("Is the dog chasing a frisbee?", "Yes, the dog is.", "relation", TurnPolarity.Yes, TurnKind.Correct),
            new CorrectiveTurn("Is it a dog that chases the frisbee?", "No, not a dog.", "relation", TurnPolarity.No, TurnKind.Confirm),
        ]));
        string path = Path.Combine(_folder.Root, name);
        CorrectiveFile.Write(path, set, new ConstructionProvenance("rules", "codebook-hash", "lexicon-hash", "pairs.json"));
        return path;
    }
}
