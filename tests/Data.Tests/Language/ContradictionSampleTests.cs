using System.Text.Json.Nodes;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Tests;

namespace NSft.Data.Tests.Language;

/// <summary>The check against chosen answers on the sample, whose truth is known: what rules made is true, and its opposite is not.</summary>
public sealed class ContradictionSampleTests
{
    private static readonly VisionErrorCodebook Codebook = VisionErrorCodebook.Load();
    private static readonly Lexicon Scenes = Lexicon.Load("scenes");

    [Fact]
    public void Scenes_TrueTurns_AreAllPassed()
    {
        List<(PreferencePair Pair, CorrectiveTurn[] Turns)> made = Construct();
        Assert.True(made.Count > 500);
        Assert.All(made, item => Assert.Empty(Check(item.Pair, item.Turns)));
    }

    [Fact]
    public void Scenes_FlippedExistence_IsAlwaysFound()
    {
        int flips = 0;
        foreach ((PreferencePair pair, CorrectiveTurn[] turns) in Construct())
        {
            foreach (CorrectiveTurn turn in turns.Where(turn => turn.Question.StartsWith("Is there a", StringComparison.Ordinal) && turn.Question.Split(' ').Length == 7))
            {
                CorrectiveTurn flipped = turn with
                {
                    Polarity = turn.Polarity == TurnPolarity.Yes ? TurnPolarity.No : TurnPolarity.Yes,
                    Answer = turn.Polarity == TurnPolarity.Yes ? "No." : "Yes.",
                };
                Assert.Equal([RejectionReason.Contradiction], Check(pair, [flipped]).Where(reason => reason != RejectionReason.NoDenial));
                flips++;
            }
        }

        Assert.True(flips > 500, $"{flips} questions about existence");
    }

    private static IReadOnlyList<string> Check(PreferencePair pair, CorrectiveTurn[] turns)
    {
        JsonArray list = new([.. turns.Select(turn => (JsonNode)Responses.Turn(turn.Question, turn.Answer, turn.Code, turn.Polarity.ToString(), null))]);
        JsonObject response = new() { ["errors"] = new JsonArray(), ["turns"] = list, ["no_error"] = true };
        ResponseValidator validator = new([.. Codebook.Entries.Select(entry => entry.Code)], turns.Length, Scenes);
        return [.. validator.Check(response.ToJsonString(), pair).Rejections.Select(rejection => rejection.Reason)];
    }

    private static List<(PreferencePair Pair, CorrectiveTurn[] Turns)> Construct()
    {
        IReadOnlyList<PreferencePair> pairs = PreferenceReader.Read(RepositoryPaths.At("samples", "scenes", "preferences.json"), new PreferenceReadOptions { Strict = true }).Rows;
        return [.. pairs.Select(pair => (pair, Construct(pair))).Where(item => item.Item2.Length > 0)];
    }

    // Each pair alone: what other rows say of the image is not in its chosen answer.
    private static CorrectiveTurn[] Construct(PreferencePair pair) =>
        [.. new RuleConstructor(Codebook, Scenes, new ConstructionOptions(), ConstructionStatistics.Gather([pair], Scenes)).Construct(pair).Turns];
}
