using NSft.Collectives;
using NSft.Data.Sampling;

namespace NSft.Data.Tests.Sampling;

public sealed class CompletionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Write_Rows_AreReadBackEqual()
    {
        CompletionRow[] rows =
        [
            new("a", "a.jpg", "What?", [new Completion("This \"one\"\n\u00e9", 5, false), new Completion("", 1, false)]) { Reference = "That." },
            new("row-2", "b.jpg", "Why?", [new Completion("Because of", 2, true)]),
        ];
        string path = Path.Combine(_folder.Root, "deep", "completions.jsonl");

        CompletionFile.Write(path, rows);
        ReadOutcome<CompletionRow> outcome = CompletionFile.Read(path);

        Assert.Empty(outcome.Problems);
        Assert.Equal(2, File.ReadAllLines(path).Length);
        Assert.Equal(rows.Select(row => (row.Id, row.Image, row.Question, row.Reference)), outcome.Rows.Select(row => (row.Id, row.Image, row.Question, row.Reference)));
        Assert.Equal(rows.SelectMany(row => row.Completions), outcome.Rows.SelectMany(row => row.Completions));
        Assert.Equal([1, 2], outcome.Rows.Select(row => row.Row));
    }

    [Fact]
    public void Read_RowsOfOthers_TakesBareTextsAndNamesWhatIsWrong()
    {
        string path = _folder.Write("others.jsonl",
            """
            {"id":"a","image":"a.jpg","question":"What?","completions":["This.",{"text":"That."}]}
            {"id":"b","image":"a.jpg","question":"What?","completions":[]}
            {"id":"c","image":"a.jpg","question":"What?","completions":[{"tokens":3}]}
            """);

        ReadOutcome<CompletionRow> outcome = CompletionFile.Read(path);

        Assert.Equal(["This.", "That."], Assert.Single(outcome.Rows).Completions.Select(completion => completion.Text));
        Assert.Equal([2, 3], outcome.Problems.Select(problem => problem.Row));
        Assert.Throws<UserInputException>(() => CompletionFile.Read(path, isStrict: true));
    }

    [Fact]
    public void Write_RowsThatFail_LeavesNoFile()
    {
        string path = Path.Combine(_folder.Root, "completions.jsonl");

        Assert.Throws<InvalidDataException>(() => CompletionFile.Write(path, Failing()));
        Assert.Empty(Directory.EnumerateFiles(_folder.Root));
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<CompletionRow> Failing()
    {
        yield return new CompletionRow("a", "a.jpg", "What?", [new Completion("This.", 2, false)]);
        throw new InvalidDataException();
    }
}
