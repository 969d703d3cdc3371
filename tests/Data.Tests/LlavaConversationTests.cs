using System.Text.Json;
using NSft.Collectives;

namespace NSft.Data.Tests;

public sealed class LlavaConversationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WriteThenRead_Rows_ComeBackUnchanged()
    {
        SupervisedRow[] rows =
        [
            new("a", "x.jpg", [new("Is it \"red\"?\nReally?", "Yes, <b>it</b> is é 猫.")])
            {
                Extensions = new Dictionary<string, string> { ["meta"] = """{"pair_id":"a","n":1.50}""", ["score"] = "3" },
            },
            new("b", "y/z.png", [new("One?", "Yes."), new("Two?", "No.")]),
        ];
        string path = Path.Combine(_folder.Root, "deep", "out.json");
        LlavaConversationWriter.Write(path, rows);
        IReadOnlyList<SupervisedRow> read = LlavaConversationReader.Read(path, new ConversationReadOptions { Strict = true }).Rows;
        Assert.Equal(rows.Select(Shape), read.Select(Shape));
        string first = File.ReadAllText(path);
        LlavaConversationWriter.Write(path, read);
        Assert.Equal(first, File.ReadAllText(path));
        Assert.Equal(4, first.TrimEnd().Split('\n').Length);
        using JsonDocument json = JsonDocument.Parse(first);
        Assert.Equal("<image>\nOne?", json.RootElement[1].GetProperty("conversations")[0].GetProperty("value").GetString());
        Assert.Equal("Two?", json.RootElement[1].GetProperty("conversations")[2].GetProperty("value").GetString());
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData("""{"id":"r","image":"x","conversations":[{"from":"human","value":"q\n<image>"},{"from":"gpt","value":"a"}]}""", null)]
    [InlineData("""{"id":"r","image":"x","conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}""", "0 <image> markers")]
    [InlineData("""{"id":"r","image":"x","conversations":[{"from":"human","value":"<image>q"},{"from":"gpt","value":"a"},{"from":"human","value":"<image>q"},{"from":"gpt","value":"a"}]}""", "1 <image> markers")]
    [InlineData("""{"id":"r","image":"x","conversations":[{"from":"gpt","value":"a"},{"from":"human","value":"<image>q"}]}""", "turn 1 is not from 'human'")]
    [InlineData("""{"id":"r","image":"x","conversations":[{"from":"human","value":"<image>q"},{"from":"human","value":"a"}]}""", "turn 2 is not from 'gpt'")]
    [InlineData("""{"id":"r","image":"x","conversations":[{"from":"human","value":"<image>q"}]}""", "1 turns cannot be paired")]
    [InlineData("""{"id":"r","image":"x","conversations":[]}""", "0 turns cannot be paired")]
    [InlineData("""{"id":"r","image":"x","conversations":"no"}""", "missing or not a list")]
    [InlineData("""{"id":"r","image":"x","conversations":[{"from":"human","value":"<image>q"},{"from":"gpt","value":" "}]}""", "'value' is empty")]
    [InlineData("""{"id":"r","image":"x","conversations":[{"from":"human","value":"<image>q"},{"from":"gpt","value":"a</s>"}]}""", "template token")]
    [InlineData("""{"id":"r","conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}""", "'image' is missing")]
    public void Read_SecondRow_IsUsedOrNamed(string row, string? reason)
    {
        const string Good = """{"id":"g","image":"x","conversations":[{"from":"human","value":"<image>\nq"},{"from":"gpt","value":"a"}]}""";
        string path = _folder.Write("rows.json", $"[{Good},{row}]");
        ReadOutcome<SupervisedRow> outcome = LlavaConversationReader.Read(path, new ConversationReadOptions());
        Assert.Equal(reason is null ? 2 : 1, outcome.Rows.Count);
        if (reason is null)
        {
            Assert.Equal("q", outcome.Rows[1].Turns[0].Question);
            return;
        }

        Assert.Contains(reason, Assert.Single(outcome.Problems).Reason, StringComparison.Ordinal);
        Assert.Throws<UserInputException>(() => LlavaConversationReader.Read(path, new ConversationReadOptions { Strict = true }));
    }

    [Fact]
    public void Write_FailsHalfWay_LeavesTheOldFile()
    {
        string path = _folder.Write("out.json", "old");
        Assert.Throws<InvalidOperationException>(() => LlavaConversationWriter.Write(path, Failing()));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void Write_PlaceCannotBeWritten_NamesIt()
    {
        string file = _folder.Write("file", "x");
        UserInputException error = Assert.Throws<UserInputException>(() => LlavaConversationWriter.Write(Path.Combine(file, "out.json"), []));
        Assert.Contains("out.json", error.Message, StringComparison.Ordinal);
    }

    private static string Shape(SupervisedRow row) =>
        $"{row.Id}|{row.Image}|{string.Join(";", row.Turns)}|{string.Join(";", row.Extensions.Select(pair => $"{pair.Key}={pair.Value}"))}";

    private static IEnumerable<SupervisedRow> Failing()
    {
        yield return new SupervisedRow("a", "x", [new("q", "a")]);
        throw new InvalidOperationException("half way");
    }
}
