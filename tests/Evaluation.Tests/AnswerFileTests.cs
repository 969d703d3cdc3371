using System.Text.Json;
using NSft.Collectives;
using NSft.Evaluation.Answers;
using NSft.Evaluation.Questions;

namespace NSft.Evaluation.Tests;

public sealed class AnswerFileTests
{
    private static readonly EvaluationQuestion[] Questions = [new("7", "a.jpg", "Is it?"), new("color-1", "b.jpg", "What \u00e9?")];

    [Fact]
    public void Write_Answers_HasLlavaFieldsAndReadsBack()
    {
        using TemporaryFile file = new();
        IReadOnlyList<AnswerRecord> answers = AnswerFile.Compose(Questions, ["Yes.", "Red \u00e9."], "scenes");
        AnswerFile.Write(file.Path, answers);
        string[] lines = File.ReadAllLines(file.Path);
        Assert.Equal(2, lines.Length);
        JsonElement first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal(
            ["question_id", "prompt", "text", "answer_id", "model_id", "metadata"], first.EnumerateObject().Select(field => field.Name));
        Assert.Equal(7, first.GetProperty("question_id").GetInt32());
        Assert.Equal("color-1", JsonDocument.Parse(lines[1]).RootElement.GetProperty("question_id").GetString());
        Assert.Equal(answers, AnswerFile.Read(file.Path));
    }

    [Fact]
    public void TextsFor_ShuffledAnswers_MatchesById()
    {
        IReadOnlyList<AnswerRecord> answers = AnswerFile.Compose([Questions[1], Questions[0]], ["Red.", "Yes."], "m");
        Assert.Equal(["Yes.", "Red."], AnswerFile.TextsFor(Questions, answers, "f"));
    }

    [Fact]
    public void TextsFor_MissingAnswer_NamesIt()
    {
        IReadOnlyList<AnswerRecord> answers = AnswerFile.Compose([Questions[0]], ["Yes."], "m");
        UserInputException error = Assert.Throws<UserInputException>(() => AnswerFile.TextsFor(Questions, answers, "f.jsonl"));
        Assert.Equal("f.jsonl: no answer with question_id color-1", error.Message);
    }

    [Fact]
    public void TextsFor_RepeatedIds_MatchesByOrderOrSaysWhyNot()
    {
        EvaluationQuestion[] repeated = [new("1", "a", "x"), new("1", "b", "y")];
        Assert.Equal(["p", "q"], AnswerFile.TextsFor(repeated, AnswerFile.Compose(repeated, ["p", "q"], "m"), "f"));
        Assert.Throws<UserInputException>(() => AnswerFile.TextsFor(repeated, AnswerFile.Compose([repeated[0]], ["p"], "m"), "f"));
    }
}
