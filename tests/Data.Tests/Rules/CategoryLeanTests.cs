using NSft.Data.Construction;
using NSft.Tests;

namespace NSft.Data.Tests.Rules;

/// <summary>Questions about a category are answered yes about as often as no, also where models invent it all the time.</summary>
public sealed class CategoryLeanTests
{
    private static readonly VisionErrorCodebook Codebook = VisionErrorCodebook.Load();
    private static readonly Lexicon Scenes = Lexicon.Load("scenes");

    [Fact]
    public void Construct_Sample_NoCategoryForetellsTheAnswer()
    {
        IReadOnlyList<PreferencePair> pairs = PreferenceReader.Read(RepositoryPaths.At("samples", "scenes", "preferences.json"), new PreferenceReadOptions { Strict = true }).Rows;
        RuleConstructor constructor = new(Codebook, Scenes, new ConstructionOptions(), ConstructionStatistics.Gather(pairs, Scenes));
        CorrectiveTurn[] turns = [.. constructor.ConstructBlock(pairs).SelectMany(made => made.Turns)];
        foreach (string category in Scenes.CategoryNames)
        {
            CorrectiveTurn[] about = [.. turns.Where(turn => turn.Question.Contains(" " + category, StringComparison.Ordinal))];
            Assert.InRange(about.Average(turn => turn.Polarity == TurnPolarity.Yes ? 1.0 : 0), 0.4, 0.6);
        }
    }

    [Fact]
    public void Construct_CategoryThatIsInventedBesideItsPartner_IsAffirmedWhereItIs()
    {
        List<PreferencePair> pairs = [];
        for (int index = 0; index < 400; index++)
        {
            string other = index % 2 == 0 ? "a blue bar at the top" : "a white moon at the top";
            string more = index % 3 == 0 ? "a green arrow on the right" : "a black heart on the right";
            bool isThere = index % 5 == 0;
            string truth = $"The image shows {other}, {more}, a red ring on the left{(isThere ? " and a red diamond in the center." : ".")}";
            string wrong = $"The image shows {other}, {more}, a red ring on the left{(isThere ? " and a blue diamond in the center." : " and a red diamond in the center.")}";
            pairs.Add(new PreferencePair($"p{index}", $"{index}.jpg", "Describe the image.", truth, wrong));
        }

        RuleConstructor constructor = new(Codebook, Scenes, new ConstructionOptions(), ConstructionStatistics.Gather(pairs, Scenes));
        CorrectiveConversation[] made = [.. constructor.ConstructBlock(pairs)];
        int affirmed = made.Where((_, index) => index % 5 == 0).Count(item => item.Turns.Any(turn => turn.Question == "Is there a diamond in the image?"));
        Assert.True(affirmed >= 72, $"{affirmed} of 80");
    }

    [Fact]
    public void Construct_StatisticsOfAHugeSet_DoNotOverflow()
    {
        PreferencePair pair = new("p", "x.jpg", "Describe the image.", "The image shows a red ring on the left.", "The image shows a blue ring on the left.");
        int count = Scenes.CategoryNames.Count;
        ConstructionStatistics huge = ConstructionStatistics.Gather([pair], Scenes) with
        {
            ImageCount = int.MaxValue,
            PresentCounts = [.. Enumerable.Repeat(int.MaxValue / 2, count)],
            TogetherCounts = [.. Enumerable.Repeat(int.MaxValue / 5, count * count)],
        };
        Assert.NotEmpty(new RuleConstructor(Codebook, Scenes, new ConstructionOptions { TurnCount = 20 }, huge).Construct(pair).Turns);
    }
}
