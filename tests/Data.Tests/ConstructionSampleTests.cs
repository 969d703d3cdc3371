using System.Diagnostics;
using System.Text.Json;
using NSft.Data.Construction;
using NSft.Tests;

namespace NSft.Data.Tests;

/// <summary>The constructor on the bundled sample, judged by the annotations.</summary>
public sealed class ConstructionSampleTests
{
    private static readonly IReadOnlyList<PreferencePair> Pairs =
        PreferenceReader.Read(RepositoryPaths.At("samples", "scenes", "preferences.json"), new PreferenceReadOptions { Strict = true }).Rows;

    private static readonly Lexicon Scenes = Lexicon.Load(Lexicon.Default);
    private static readonly VisionErrorCodebook Codebook = VisionErrorCodebook.Load();

    [Fact]
    public void Construct_Sample_EveryAnswerIsTrue()
    {
        SceneAnnotations annotations = new();
        int turns = 0;
        foreach (CorrectiveConversation conversation in Build(new ConstructionOptions()))
        {
            foreach (CorrectiveTurn turn in conversation.Turns)
            {
                turns++;
                Assert.True(annotations.IsTrue(conversation.Image, turn.Question) == (turn.Polarity == TurnPolarity.Yes), $"{conversation.PairId}: {turn}");
                Assert.True(annotations.IsTrueAnswer(conversation.Image, turn.Answer), $"{conversation.PairId}: {turn}");
                Assert.StartsWith(turn.Polarity == TurnPolarity.Yes ? "Yes, " : "No, ", turn.Answer, StringComparison.Ordinal);
            }
        }

        Assert.InRange(turns, 3500, 6 * Pairs.Count);
    }

    [Fact]
    public void Construct_Sample_IsBalancedInEveryConversationAndForm()
    {
        List<CorrectiveConversation> all = Build(new ConstructionOptions());
        ConstructionSummary summary = ConstructionSummary.Of(all);
        Assert.InRange(summary.YesShare, 0.49, 0.51);
        Assert.InRange(summary.MeanTurns, 5.8, 6);
        Assert.Equal(0, summary.PairsWithoutTurns);
        Assert.All(all.Where(conversation => conversation.Turns.Count == 6), conversation => Assert.Equal(3, conversation.Turns.Count(turn => turn.Polarity == TurnPolarity.Yes)));
        Assert.InRange(all.Count(conversation => conversation.Turns.Count == 6), 600, Pairs.Count);
        foreach (IGrouping<string, CorrectiveTurn> code in all.SelectMany(conversation => conversation.Turns).GroupBy(turn => turn.Code))
        {
            Assert.InRange(code.Average(turn => turn.Polarity == TurnPolarity.Yes ? 1.0 : 0.0), 0.45, 0.55);
        }

        foreach (int place in Enumerable.Range(0, 6))
        {
            Assert.InRange(all.Where(conversation => conversation.Turns.Count == 6).Average(conversation => (double)conversation.Turns[place].Polarity), 0.45, 0.55);
        }

        Assert.All(all, conversation => Assert.Equal(conversation.Turns.Count, conversation.Turns.DistinctBy(turn => turn.Question).Count()));
        Assert.All(all, conversation => Assert.NotEmpty(conversation.Errors));
    }

    [Fact]
    public void Construct_Sample_SpansAreWordsOfTheRejectedAnswer()
    {
        foreach ((PreferencePair pair, CorrectiveConversation conversation) in Pairs.Zip(Build(new ConstructionOptions())))
        {
            Assert.Equal((pair.Id, pair.Image), (conversation.PairId, conversation.Image));
            Assert.All(conversation.Turns.Where(turn => turn.Span is not null), turn => Assert.Contains(turn.Span!, pair.Rejected, StringComparison.Ordinal));
            Assert.All(conversation.Turns.Where(turn => turn.Kind == TurnKind.Confirm), turn => Assert.Null(turn.Span));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Construct_AnyBlockSize_GivesTheSameConversations(int blockSize)
    {
        List<CorrectiveConversation> whole = Build(new ConstructionOptions());
        List<CorrectiveConversation> split = Build(new ConstructionOptions { BlockSize = blockSize });
        Assert.Equal(Text(whole), Text(split));
        ConstructionSummary merged = split.Chunk(13).Select(ConstructionSummary.Of).Aggregate((first, second) => first.Merge(second));
        Assert.Equal(JsonSerializer.Serialize(ConstructionSummary.Of(whole)), JsonSerializer.Serialize(merged));
    }

    [Fact]
    public void Construct_OtherSeed_ChoosesOtherwiseButStaysTrue()
    {
        SceneAnnotations annotations = new();
        List<CorrectiveConversation> other = Build(new ConstructionOptions { Seed = 5, TurnCount = 9, HardNegativeShare = 0 });
        Assert.NotEqual(Text(Build(new ConstructionOptions { TurnCount = 9, HardNegativeShare = 0 })), Text(other));
        foreach (CorrectiveConversation conversation in other)
        {
            Assert.All(conversation.Turns, turn => Assert.Equal(turn.Polarity == TurnPolarity.Yes, annotations.IsTrue(conversation.Image, turn.Question)));
            Assert.InRange(conversation.Turns.Count, 1, 9);
        }

        Assert.InRange(ConstructionSummary.Of(other).YesShare, 0.47, 0.53);
    }

    [Fact]
    public void Construct_HardNegatives_AskForPartnersMoreOften()
    {
        int hard = PartnerCount(Build(new ConstructionOptions { HardNegativeShare = 1 }));
        int easy = PartnerCount(Build(new ConstructionOptions { HardNegativeShare = 0 }));
        Assert.True(hard > easy * 2, $"{hard} against {easy}");
    }

    [Fact]
    public void Construct_Sample_TakesUnderThreeMillisecondsAPair()
    {
        Build(new ConstructionOptions());
        Stopwatch clock = Stopwatch.StartNew();
        Build(new ConstructionOptions());
        Assert.InRange(clock.Elapsed.TotalMilliseconds / Pairs.Count, 0, 3);
    }

    [Fact]
    public void Write_Sample_ReadsBackWithProvenance()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Root, "corrective.json");
        List<CorrectiveConversation> all = Build(new ConstructionOptions());
        CorrectiveFile.Write(path, all, new ConstructionProvenance(RuleConstructor.Name, Codebook.Hash, Scenes.Hash, "preferences.json"));
        IReadOnlyList<SupervisedRow> rows = LlavaConversationReader.Read(
            path, new ConversationReadOptions { Strict = true, ImageDirectory = RepositoryPaths.At("samples", "scenes", "images") }).Rows;
        Assert.Equal(all.Select(item => item.PairId), rows.Select(row => row.Id));
        Assert.Equal(all.SelectMany(item => item.Turns).Select(turn => new DialogueTurn(turn.Question, turn.Answer)), rows.SelectMany(row => row.Turns));
        using JsonDocument meta = JsonDocument.Parse(rows[0].Extensions["meta"]);
        Assert.Equal("rules", meta.RootElement.GetProperty("constructor").GetString());
        Assert.Equal(64, meta.RootElement.GetProperty("codebook").GetString()!.Length);
        Assert.Equal(rows[0].Turns.Count, meta.RootElement.GetProperty("polarity").GetArrayLength());
        Assert.Equal(all[0].Turns.Select(turn => turn.Polarity == TurnPolarity.Yes ? "yes" : "no"), meta.RootElement.GetProperty("polarity").EnumerateArray().Select(item => item.GetString()!));
    }

    private static string Text(List<CorrectiveConversation> all) => JsonSerializer.Serialize(all);

    private static int PartnerCount(List<CorrectiveConversation> all)
    {
        Dictionary<string, string> partners = new()
        {
            ["star"] = "moon",
            ["heart"] = "arrow",
            ["ring"] = "diamond",
            ["circle"] = "bar",
            ["square"] = "hexagon",
            ["triangle"] = "cross",
        };
        foreach ((string first, string second) in partners.ToArray())
        {
            partners[second] = first;
        }

        Dictionary<string, string> chosen = Pairs.GroupBy(pair => pair.Image).ToDictionary(group => group.Key, group => string.Join(' ', group.Select(pair => pair.Chosen)));
        return all.Sum(conversation => conversation.Turns.Count(turn =>
            turn is { Kind: TurnKind.Confirm, Polarity: TurnPolarity.No } && chosen[conversation.Image].Contains(partners[turn.Question.Split(' ')[3]], StringComparison.Ordinal)));
    }

    private static List<CorrectiveConversation> Build(ConstructionOptions options)
    {
        ConstructionPlan plan = ConstructionPlan.Create(Pairs, Scenes, options);
        return [.. plan.Blocks.SelectMany(block => new RuleConstructor(Codebook, Scenes, options, block.Statistics).ConstructBlock(block.Pairs))];
    }
}
