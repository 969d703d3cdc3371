using NSft.Collectives;
using NSft.Data.Formats;

namespace NSft.Data.Tests.Formats;

public sealed class FormatDetectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats => [.. FormatSamples.Formats];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Detect_EveryRowAlone_IsItsFormat(string name)
    {
        foreach (string row in FormatSamples.Of(name))
        {
            Assert.Equal(name, DatasetFormats.Detect(_folder.Write("rows.json", $"[{row}]")).Name);
            Assert.Equal(name, DatasetFormats.Detect(_folder.Write("rows.jsonl", row + "\n" + row)).Name);
        }
    }

    [Fact]
    public void Detect_FormatterChatRows_AreTrl()
    {
        const string Row = """{"images":[{"bytes":"/9j/4A=="}],"prompt":[{"role":"user","content":[{"type":"image"},{"type":"text","text":"Q"}]}],"chosen":[{"role":"assistant","content":[{"type":"text","text":"A"}]}],"rejected":[{"role":"assistant","content":[{"type":"text","text":"B"}]}]}""";
        string path = _folder.Write("rows.jsonl", Row);
        Assert.Equal("trl", DatasetFormats.Detect(path).Name);
        DatasetRecord record = DatasetFormats.ByName("rlaif-v").Read(path, new DatasetReadOptions()).Single().Record!;
        Assert.Equal(("<image>\nQ", "A", "B"), (record.Prompt[0].Text, record.Chosen![0].Text, record.Rejected![0].Text));
    }

    [Fact]
    public void Detect_RowsThatSeveralFormatsHave_NamesThem()
    {
        string path = _folder.Write("rows.jsonl", """{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello."}]}""");
        UserInputException error = Assert.Throws<UserInputException>(() => DatasetFormats.Detect(path));
        Assert.Contains("trl or ms-swift", error.Message, StringComparison.Ordinal);
        Assert.Contains("--from", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"a": 1}]""")]
    [InlineData("""[1, 2]""")]
    [InlineData("""[]""")]
    [InlineData("""{}""")]
    [InlineData("""{"a": {"b": [}""")]
    [InlineData("""hello""")]
    [InlineData("""{"\ud800": 1, "question": "q", "reject": "r"}""")]
    public void Detect_NoKnownRows_NamesAllFormats(string text)
    {
        UserInputException error = Assert.Throws<UserInputException>(() => DatasetFormats.Detect(_folder.Write("rows.json", text)));
        Assert.Contains("no known format", error.Message, StringComparison.Ordinal);
        Assert.All(DatasetFormats.All, format => Assert.Contains(format.Name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Detect_ForeignEncodingOrNoFile_SaysSo()
    {
        Assert.Contains("UTF-16", Assert.Throws<UserInputException>(() => DatasetFormats.Detect(_folder.Write("a.json", [0xFF, 0xFE, (byte)'[', 0]))).Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<UserInputException>(() => DatasetFormats.Detect(Path.Combine(_folder.Root, "none"))).Message, StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Throws<UserInputException>(() => DatasetFormats.Detect(_folder.Write("b.json", ""))).Message, StringComparison.Ordinal);
        Assert.Contains("no known format", Assert.Throws<UserInputException>(() => DatasetFormats.Detect(_folder.Root)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_RowLongerThanTheFirstLook_IsSeenWhole()
    {
        string row = FormatSamples.Of("seva")[0].Replace("Ann", new string('x', 3 << 20), StringComparison.Ordinal);
        Assert.Equal("seva", DatasetFormats.Detect(_folder.Write("rows.json", $"[{row}, {row}]")).Name);
    }

    [Theory]
    [InlineData("llava-instruct", "llava")]
    [InlineData("povid", "sima")]
    public void ByName_OtherName_IsTheFormat(string name, string expected) => Assert.Equal(expected, DatasetFormats.ByName(name).Name);

    [Fact]
    public void ByName_UnknownName_ListsThem()
    {
        UserInputException error = Assert.Throws<UserInputException>(() => DatasetFormats.ByName("csv"));
        Assert.All(DatasetFormats.All, format => Assert.Contains(format.Name, error.Message, StringComparison.Ordinal));
        Assert.Equal(DatasetFormats.All.Count, DatasetFormats.All.Select(format => format.Name).Distinct().Count());
        Assert.All(DatasetFormats.All, format => Assert.NotEmpty(format.Description));
    }
}
