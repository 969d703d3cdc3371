using NSft.Collectives;
using NSft.Data.Preferences;
using NSft.Data.Sampling;

namespace NSft.Data.Tests.Preferences;

public sealed class PairTests
{
    [Fact]
    public void GroundTruth_DifferingAnswers_AreRejectedOnce()
    {
        CompletionRow row = Row("a", "A red star.", "A red star", "A blue star.", "a blue  star", "A ring.") with { Row = 7 };
        PairTally tally = new();
        PreferencePair[] pairs = [.. GroundTruthPairs.Make([row], 5, tally)];
        Assert.Equal(["a", "a-2"], pairs.Select(pair => pair.Id));
        Assert.Equal(["A blue star.", "A ring."], pairs.Select(pair => pair.Rejected));
        Assert.All(pairs, pair => Assert.Equal(("A red star.", 7), (pair.Chosen, pair.Row)));
        Assert.Equal(("{\"source\":\"gt\",\"sample\":3}"), pairs[1].Extensions["meta"]);
        Assert.Equal((1, 1, 2), (tally.PromptCount, tally.PromptsWithPairs, tally.PairCount));
        Assert.Equal(new Dictionary<string, int> { ["equal answers"] = 1, ["repeated answer"] = 1 }, tally.Dropped);
    }

    [Fact]
    public void GroundTruth_NoReferenceOrUnusableAnswer_IsCounted()
    {
        PairTally tally = new();
        CompletionRow[] rows = [Row("a", null, "x"), Row("b", "y", " "), Row("c", "y", "z</s>")];
        Assert.Empty(GroundTruthPairs.Make(rows, 1, tally));
        Assert.Equal(
            new Dictionary<string, int> { ["empty answer"] = 1, ["no true answer"] = 1, ["template token in an answer"] = 1 }, tally.Dropped);
        Assert.Equal((3, 0), (tally.PromptCount, tally.PairCount));
    }

    [Fact]
    public void Corruption_AnswersOfBothImages_AreJoinedById()
    {
        PairTally tally = new();
        PreferencePair pair = Assert.Single(CorruptionPairs.Make(
            [Row("a", null, "A cat."), Row("b", null, "Same."), Row("c", null, "Alone.")],
            [Row("b", null, "same"), Row("a", null, "A dog.")],
            tally));
        Assert.Equal(("a", "A cat.", "A dog."), (pair.Id, pair.Chosen, pair.Rejected));
        Assert.Equal(new Dictionary<string, int> { ["equal answers"] = 1, ["not answered about both images"] = 1 }, tally.Dropped);
    }

    [Fact]
    public void Corruption_AnotherQuestion_IsRefused()
    {
        CompletionRow other = Row("a", null, "A dog.") with { Question = "What else?" };
        UserInputException error = Assert.Throws<UserInputException>(() => CorruptionPairs.Make([Row("a", null, "A cat.")], [other], new PairTally()).ToList());
        Assert.Contains("prompt a", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The first one is right. [[1]]", 1)]
    [InlineData("[[1]] at first sight, but: [[ 2 ]]", 2)]
    [InlineData("[[3]] [1] 2", 0)]
    [InlineData("", 0)]
    public void Verdict_LastOne_Counts(string critique, int winner) => Assert.Equal(winner, CritiqueVerdict.Parse(critique));

    [Fact]
    public void Critique_PreferredAnswer_IsChosen()
    {
        PairTally tally = new();
        CritiqueRow row = new("a", "a.jpg", "What?", "one", "two", 2);
        PreferencePair pair = Assert.Single(CritiquePairs.Make([row, row with { Winner = 0 }], tally));
        Assert.Equal(("two", "one"), (pair.Chosen, pair.Rejected));
        Assert.Equal(1, tally.Dropped["no verdict"]);
    }

    [Fact]
    public void CritiquePrompt_SlotsInTheTexts_AreNotFilledAgain()
    {
        CritiquePrompt prompt = CritiquePrompt.Load("critique-brief.v1");
        string text = prompt.Fill("{first}", "the {second} truth", "A", "B{question}");
        Assert.Contains("Question: {first}\nTrue answer: the {second} truth\nAnswer 1: A\nAnswer 2: B{question}\n", text, StringComparison.Ordinal);
        Assert.NotEqual(prompt.Hash, CritiquePrompt.Load("critique.v1").Hash);
    }

    [Fact]
    public void CritiquePrompt_WithoutSlot_IsRefusedByName()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("mine.txt", "{question} {reference} {first}");
        UserInputException error = Assert.Throws<UserInputException>(() => CritiquePrompt.Load(path));
        Assert.Contains("{second}", error.Message, StringComparison.Ordinal);
        Assert.Throws<UserInputException>(() => CritiquePrompt.Load(Path.Combine(folder.Root, "absent.txt")));
    }

    private static CompletionRow Row(string id, string? reference, params string[] answers) =>
        new(id, $"{id}.jpg", "What is it?", [.. answers.Select(answer => new Completion(answer, 3, false))]) { Reference = reference };
}
