using NSft.Collectives;
using NSft.Evaluation.Pope;
using NSft.Evaluation.Questions;

namespace NSft.Evaluation.Tests;

public sealed class PopeScorerTests
{
    [Theory]
    [InlineData("No, there is no dog.", false)]
    [InlineData("There is not a dog", false)]
    [InlineData("Yes.", true)]
    [InlineData("", true)]
    [InlineData("None", true)]
    [InlineData("Yes, no doubt", false)]
    [InlineData("Yes. There is no cat.", true)]
    public void IsYes_OfficialRule_ReadsTheFirstSentence(string answer, bool expected) =>
        Assert.Equal(expected, PopeAnswerParser.IsYes(answer));

    [Theory]
    [InlineData("YES, there is.", true)]
    [InlineData("Yes, no doubt", true)]
    [InlineData("There is one.", false)]
    [InlineData("", false)]
    public void IsYes_PrefixRule_ReadsTheStart(string answer, bool expected) =>
        Assert.Equal(expected, PopeAnswerParser.IsYes(answer, PopeParseRule.Prefix));

    [Theory]
    [InlineData("Yes.", false)]
    [InlineData("There is not a dog", false)]
    [InlineData("", true)]
    [InlineData("None", true)]
    [InlineData("A red star.", true)]
    public void IsUnparsable_Answer_NeedsAYesOrANo(string answer, bool expected) =>
        Assert.Equal(expected, PopeAnswerParser.IsUnparsable(answer));

    [Fact]
    public void Score_MixedAnswers_CountsWithYesAsPositive()
    {
        // true positive, false negative, false positive, true negative, and an answer without a word (official: yes; the object is absent)
        bool[] present = [true, true, false, false, false];
        string[] answers = ["Yes.", "No.", "Yes, it is.", "No.", ""];
        PopeScore score = PopeScorer.Score([.. present.Select((p, i) => Ask(i, p))], answers);
        Assert.Equal(0.4, score.Accuracy, 12);
        Assert.Equal(1.0 / 3, score.Precision, 12);
        Assert.Equal(0.5, score.Recall, 12);
        Assert.Equal(0.4, score.F1, 12);
        Assert.Equal(0.6, score.YesRatio, 12);
        Assert.Equal(1, score.Unparsable);
        Assert.Equal(5, score.Count);
    }

    [Fact]
    public void Score_NothingAnsweredYes_IsZeroNotNaN()
    {
        PopeScore score = PopeScorer.Score([Ask(0, true), Ask(1, false)], ["No.", "No."]);
        Assert.Equal(0, score.Precision);
        Assert.Equal(0, score.F1);
        Assert.Equal(0.5, score.Accuracy);
    }

    [Fact]
    public void Read_SampleSplits_HaveTheDocumentedSizes()
    {
        int[] counts = [.. new[] { "random", "popular", "adversarial" }
            .Select(split => PopeQuestionReader.Read(NSft.Tests.RepositoryPaths.At("samples", "scenes", $"pope_{split}.jsonl")).Count)];
        Assert.Equal([1155, 1136, 1129], counts);
    }

    [Fact]
    public void Read_LabelNeitherYesNorNo_NamesFileAndRow()
    {
        using TemporaryFile file = new(
            """
            {"question_id": 1, "image": "a.jpg", "text": "Is there a dog?", "label": "no"}
            {"question_id": 2, "image": "a.jpg", "text": "Is there a cat?", "label": "maybe"}
            """);
        UserInputException error = Assert.Throws<UserInputException>(() => PopeQuestionReader.Read(file.Path));
        Assert.Contains(file.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("row 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("maybe", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BrokenLine_NamesLine()
    {
        using TemporaryFile file = new("{\"question_id\": 1, \"image\": \"a\", \"text\": \"b\", \"label\": \"no\"}\n{oops\n");
        UserInputException error = Assert.Throws<UserInputException>(() => PopeQuestionReader.Read(file.Path));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    private static PopeQuestion Ask(int id, bool isPresent) =>
        new(new EvaluationQuestion($"{id}", "a.jpg", "Is there a dog in the image?"), isPresent);
}
