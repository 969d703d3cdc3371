using NSft.Collectives;
using NSft.Data.Sampling;
using NSft.Tests;

namespace NSft.Data.Tests.Sampling;

public sealed class PromptReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Read_RowsOfAnyForm_GivesQuestionAndReference()
    {
        string path = _folder.Write("rows.jsonl",
            """
            {"id":"a","image":"a.jpg","question":"<image>\nWhat?","chosen":" This. ","rejected":"That."}
            {"question_id":7,"image":"b.jpg","text":"How many?","answer":3}
            {"image_id":"c.jpg","prompt":"Why?"}
            {"id":"d","image":"d.jpg","conversations":[{"from":"human","value":"<image>\nWhere?"},{"from":"gpt","value":"Here."},{"from":"human","value":"And?"},{"from":"gpt","value":"There."}]}
            """);

        ReadOutcome<SamplePrompt> outcome = PromptReader.Read(path, new PromptReadOptions());

        Assert.Empty(outcome.Problems);
        Assert.Equal(
            [("a", "a.jpg", "What?", "This."), ("7", "b.jpg", "How many?", "3"), ("row-3", "c.jpg", "Why?", null), ("d", "d.jpg", "Where?", "Here.")],
            outcome.Rows.Select(row => (row.Id, row.Image, row.Question, row.Reference)));
    }

    [Fact]
    public void Read_StripSuffix_CutsItOffTheEndOnly()
    {
        string path = _folder.Write("rows.jsonl",
            """
            {"image":"a.jpg","question":"Who?\nAnswer the question using a single word or phrase."}
            {"image":"a.jpg","question":"Answer the question using a single word or phrase. Who?"}
            {"image":"a.jpg","question":"Answer the question using a single word or phrase."}
            """);

        ReadOutcome<SamplePrompt> outcome = PromptReader.Read(path, new PromptReadOptions { StripSuffix = true });

        Assert.Equal(["Who?", "Answer the question using a single word or phrase. Who?"], outcome.Rows.Select(row => row.Question));
        Assert.Equal(3, Assert.Single(outcome.Problems).Row);
    }

    [Fact]
    public void Read_UnusableRows_AreNamedWithTheReason()
    {
        string path = _folder.Write("rows.jsonl",
            """
            {"question_id":1,"image":"a.jpg","text":"Who?"}
            {"question_id":1,"image":"b.jpg","text":"Who?"}
            {"id":"x","image":"b.jpg"}
            {"id":"y","image":"b.jpg","conversations":[{"from":"gpt","value":"Hello."}]}
            """);

        ReadOutcome<SamplePrompt> outcome = PromptReader.Read(path, new PromptReadOptions());

        Assert.Single(outcome.Rows);
        Assert.Equal([2, 3, 4], outcome.Problems.Select(problem => problem.Row));
        UserInputException error = Assert.Throws<UserInputException>(() => PromptReader.Read(path, new PromptReadOptions { RequireReference = true }));
        Assert.Contains("no true answer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_RowsWithoutId_FollowsContentAndNotPlace()
    {
        string first = """{"image":"a.jpg","question":"Who?"}""";
        string second = """{"image":"a.jpg","question":"What?"}""";
        string[] forwards = Keys("1.jsonl", first, second, first);
        string[] backwards = Keys("2.jsonl", second, first, first);

        Assert.Equal([forwards[0], forwards[1], forwards[2]], [backwards[1], backwards[0], backwards[2]]);
        Assert.Equal(3, forwards.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("preferences.json", 627)]
    [InlineData("vqa.jsonl", 400)]
    [InlineData("pope_random.jsonl", 1155)]
    public void Read_SampleFiles_UsesEveryRow(string file, int rows)
    {
        PromptReadOptions options = new() { ImageDirectory = RepositoryPaths.At("samples", "scenes", "images") };

        Assert.Equal(rows, PromptReader.Read(RepositoryPaths.At("samples", "scenes", file), options).Rows.Count);
    }

    public void Dispose() => _folder.Dispose();

    private string[] Keys(string name, params string[] rows) =>
        [.. PromptReader.Read(_folder.Write(name, string.Join('\n', rows)), new PromptReadOptions()).Rows.Select(row => row.Key)];
}
