using NSft.Evaluation.Questions;
using NSft.Evaluation.Vqa;
using NSft.Tests;

namespace NSft.Evaluation.Tests;

public sealed class VqaScorerTests
{
    [Theory]
    [InlineData("The Two Dogs.", "2 dogs")]
    [InlineData("dont", "don't")]
    [InlineData("a coca-cola", "coca cola")]
    [InlineData("1,000 men", "1000 men")]
    [InlineData("4.5", "4.5")]
    [InlineData("  Red!\n", "red")]
    public void Normalise_Answer_GivesChallengeForm(string answer, string expected) =>
        Assert.Equal(expected, AnswerNormaliser.Normalise(answer));

    [Fact]
    public void Score_Answers_ByKindAndOverall()
    {
        VqaQuestion[] questions =
        [
            new(new EvaluationQuestion("1", "a.jpg", "q"), "The ring is red.", "color"),
            new(new EvaluationQuestion("2", "a.jpg", "q"), "The ring is red.", "color"),
            new(new EvaluationQuestion("3", "a.jpg", "q"), "There are 3 objects.", "count"),
            new(new EvaluationQuestion("4", "a.jpg", "q"), "3", null),
        ];
        VqaScore score = VqaScorer.Score(questions, ["the ring is red", "The ring is blue.", "There are three objects.", ""]);
        Assert.Equal(0.5, score.Accuracy);
        Assert.Equal(0.5, score.ByKind["color"]);
        Assert.Equal(1, score.ByKind["count"]);
        Assert.Equal(2, score.ByKind.Count);
        Assert.Equal(1, score.Unparsable);
    }

    [Fact]
    public void Read_Sample_HasKinds()
    {
        IReadOnlyList<VqaQuestion> questions = VqaQuestionReader.Read(RepositoryPaths.At("samples", "scenes", "vqa.jsonl"));
        Assert.Equal(400, questions.Count);
        Assert.Equal(["color", "count"], questions.Select(q => q.Kind).Distinct().Order());
    }
}
