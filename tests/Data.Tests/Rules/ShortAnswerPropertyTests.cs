using NSft.Data.Construction;
using NSft.Data.Construction.Reporting;

namespace NSft.Data.Tests.Rules;

/// <summary>Random questions and answers: no failure, no false denial of the true answer, no broken turn.</summary>
public sealed class ShortAnswerPropertyTests
{
    private static readonly string[] Words =
    [
        "what", "who", "where", "how many", "is", "are", "does", "the", "a", "this", "book", "man", "holding", "doing", "color", "of", "kind", "in", "on the left", "title", "author",
        "written", "say", "{a}", "{answer}", "\"", "'", "two", "7", "Stephen", "King", "yes", "no", "and", "or", "not", "\n", "A.", "B)", "(C)", "?", ".", ",", "&", "\uFFFD", "\u00E9t\u00E9", "-", "Answer",
        "the question using a single word or phrase.", "Reference OCR token:", "zebra", "tables", "red", "any", "there", "Is", "What", "$5.99", "10:10", "x'y", "",
    ];

    [Fact]
    public void Construct_RandomQuestionsAndAnswers_GivesWholeTurns()
    {
        Random random = new(17);
        Lexicon lexicon = Lexicon.Load("coco");
        PreferencePair[] pairs =
        [
            .. Enumerable.Range(0, 4000).Select(index => new PreferencePair($"p{index}", $"{index / 2}.jpg", Text(random, 12) + (index % 3 > 0 ? "?" : ""), Text(random, 4), Text(random, 4))),
        ];
        RuleConstructor constructor = new(VisionErrorCodebook.Load(), lexicon, new ConstructionOptions(), ConstructionStatistics.Gather(pairs, lexicon));
        int corrected = 0;
        foreach (PreferencePair pair in pairs)
        {
            CorrectiveConversation made = constructor.Construct(pair);
            corrected += made.Turns.Count(turn => turn.Kind == TurnKind.Correct);
            Assert.InRange(made.Turns.Count, 0, 6);
            Assert.Equal(made.Turns.Count, made.Turns.DistinctBy(turn => turn.Question).Count());
            Assert.All(made.Turns, turn => Assert.StartsWith(turn.Polarity == TurnPolarity.Yes ? "Yes" : "No", turn.Answer, StringComparison.Ordinal));
            Assert.All(made.Turns, turn => Assert.EndsWith("?", turn.Question.Split('\n')[0], StringComparison.Ordinal));
            if (AnswerText.AreEqual(pair.Chosen, pair.Rejected))
            {
                Assert.DoesNotContain(made.Turns, turn => turn.Kind == TurnKind.Correct);
            }
        }

        Assert.True(corrected > 300, $"{corrected} correcting turns");
    }

    [Fact]
    public void Tag_RandomText_GivesWords()
    {
        Random random = new(4);
        for (int index = 0; index < 2000; index++)
        {
            Assert.All(WordTagger.Tag(Text(random, 20)), word => Assert.NotEmpty(word.Lemma));
        }
    }

    private static string Text(Random random, int most) => string.Join(' ', Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => Words[random.Next(Words.Length)]));
}
