using NSft.Collectives;
using NSft.Data.Construction;
using NSft.Data.Preferences;
using NSft.Data.Preferences.Judging;
using NSft.Data.Sampling;

namespace NSft.Data.Tests.Preferences;

public sealed class RatingTests
{
    private const string Truth = "The image shows a yellow square at the top left, a purple moon at the top right and a red circle in the center.";

    [Fact]
    public void Pairs_BestWithWorst_NeedTheGap()
    {
        PairTally tally = new();
        PreferencePair pair = Assert.Single(RatedPairs.Make([Row(3, 8, 12, 5), Row(4, 5, 5)], new RatedPairOptions(), tally));
        Assert.Equal(("answer 2", "answer 0"), (pair.Chosen, pair.Rejected));
        Assert.Equal(1, tally.Dropped["scores too close"]);
    }

    [Fact]
    public void Pairs_BestWithAll_TakeEveryOneBelowTheGap()
    {
        RatedPairOptions options = new() { Rule = PairingRule.BestWithAll, LeastGap = 4 };
        PreferencePair[] pairs = [.. RatedPairs.Make([Row(3, 8, 12, 9)], options, new PairTally())];
        Assert.Equal(["answer 1", "answer 0"], pairs.Select(pair => pair.Rejected));
        Assert.Equal(["a", "a-2"], pairs.Select(pair => pair.Id));
    }

    [Fact]
    public void Pairs_UnratedAnswers_DoNotCount()
    {
        RatedRow row = Row(3, 12) with { Completions = [new RatedCompletion("x", null), new RatedCompletion("y", Rating(9))] };
        PairTally tally = new();
        Assert.Empty(RatedPairs.Make([row], new RatedPairOptions(), tally));
        Assert.Equal(1, tally.Dropped["fewer than two rated answers"]);
    }

    [Fact]
    public void Weights_OtherAttributes_ChangeTheScore()
    {
        RatedPairOptions options = new() { Weights = RatedPairOptions.ParseWeights("verbosity=0.5, correctness=2") };
        Assert.Equal(2 + 2, options.Score(new HelpSteerRating(4, 1, 4, 4, 4)));
        Assert.Contains("beauty", Assert.Throws<UserInputException>(() => RatedPairOptions.ParseWeights("beauty=1")).Message, StringComparison.Ordinal);
        Assert.Throws<UserInputException>(() => RatedPairOptions.ParseWeights("verbosity=-1"));
        Assert.Throws<UserInputException>(() => RatedPairOptions.ParseWeights("verbosity=0"));
    }

    [Fact]
    public void Baselines_OfRatedAnswers_AreThoseOfThePaper()
    {
        RatedRow row = Row(3, 8, 12) with { Reference = "the truth" };
        PairTally tally = new();
        Assert.Equal("the truth", Assert.Single(BaselineRows.StandardSft([row, Row(1) with { Id = "b" }], tally)).Turns[0].Answer);
        Assert.Equal(1, tally.Dropped["no reference answer"]);
        Assert.Equal("answer 2", Assert.Single(BaselineRows.RejectionSampling([row], new RatedPairOptions(), new PairTally())).Turns[0].Answer);
        SupervisedRow[] steered = [.. BaselineRows.SteerLm([row], new PairTally())];
        Assert.Equal(["a", "a-2", "a-3"], steered.Select(each => each.Id));
        Assert.Equal("What is it?\nhelpfulness:4,correctness:4,coherence:4,complexity:2,verbosity:1", steered[2].Turns[0].Question);
    }

    [Fact]
    public void File_RoundTrip_IsEqual()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Root, "ratings.jsonl");
        RatedRow row = Row(3, 8) with { Reference = "the truth" };
        row = row with { Completions = [.. row.Completions, new RatedCompletion("bad", null, "no JSON")] };
        RatingFile.Write(path, [row]);
        RatedRow read = Assert.Single(RatingFile.Read(path));
        Assert.Equal(row.Completions, read.Completions);
        Assert.Equal(("a", "the truth", "rules", "r", 1), (read.Id, read.Reference, read.Judge, read.Rubric, read.Row));
    }

    [Theory]
    [InlineData("{\"id\":\"a\"}", "row 1 (image)")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{\"id\":\"a\",\"image\":\"i\",\"question\":\"q\",\"judge\":\"j\",\"rubric\":\"r\",\"completions\":[{\"text\":\"t\",\"rating\":{\"helpfulness\":5}}]}", "helpfulness")]
    public void File_BadRow_IsNamed(string line, string part)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("ratings.jsonl", line);
        UserInputException error = Assert.Throws<UserInputException>(() => RatingFile.Read(path).ToList());
        Assert.Contains("row 1", error.Message, StringComparison.Ordinal);
        Assert.Contains(part.Replace("row 1 (image)", "'image'", StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CritiqueFile_RoundTrip_IsEqual()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Root, "critiques.jsonl");
        CritiqueRow row = new("a", "a.jpg", "What?", "one", "", 2) { Critique = "so [[2]]", Verdict = CritiqueVerdict.FromLikelihood };
        CritiqueFile.Write(path, [row]);
        Assert.Equal(row with { Row = 1 }, Assert.Single(CritiqueFile.Read(path)));
    }

    [Fact]
    public async Task RuleJudge_WrongerAnswers_RateLower()
    {
        RuleJudge judge = new(VisionErrorCodebook.Load(null), Lexicon.Load("scenes"));
        string invented = Truth.Replace(" and a red circle", ", a green arrow at the bottom and a red circle", StringComparison.Ordinal);
        CompletionRow row = new("a", "a.jpg", "Describe the image.", [.. new[] { Truth, invented, "The image shows a red circle in the center.", "" }
            .Select(text => new Completion(text, 9, false))])
        {
            Reference = Truth,
        };
        HelpSteerRating[] ratings = new HelpSteerRating[4];
        for (int index = 0; index < ratings.Length; index++)
        {
            ratings[index] = (await judge.RateAsync(row, index, TestContext.Current.CancellationToken)).Rating!;
        }

        Assert.Equal(new HelpSteerRating(4, 4, 4, 2, 2), ratings[0]);
        Assert.Equal((4, 3), (ratings[1].Helpfulness, ratings[1].Correctness));
        Assert.Equal((2, 4), (ratings[2].Helpfulness, ratings[2].Correctness));
        Assert.Equal(new HelpSteerRating(0, 0, 0, 0, 0), ratings[3]);
        Assert.Null((await judge.RateAsync(row with { Reference = null }, 0, TestContext.Current.CancellationToken)).Rating);
    }

    private static RatedRow Row(params int[] scores) => new(
        "a", "a.jpg", "What is it?", [.. scores.Select((score, index) => new RatedCompletion($"answer {index}", Rating(score)))], "rules", "r");

    private static HelpSteerRating Rating(int score) => new(Math.Min(4, score), Math.Clamp(score - 4, 0, 4), Math.Clamp(score - 8, 0, 4), 2, 1);
}
