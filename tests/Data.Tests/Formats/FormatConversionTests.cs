using NSft.Collectives;
using NSft.Data.Formats;
using NSft.Tests;

namespace NSft.Data.Tests.Formats;

public sealed class FormatConversionTests : IDisposable
{
    private static readonly string[] Preferences = ["nsft", "seva", "rlhf-v", "rlaif-v", "trl", "llamafactory", "ms-swift", "sima", "mllm-dpo", "ha-dpo"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Pairs => [.. from source in Preferences from target in Preferences select (source, target)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Write_AnyFormatFromAnyOther_KeepsTheSamplePairs(string source, string target)
    {
        string scenes = RepositoryPaths.At("samples", "scenes", "preferences.json");
        DatasetRecord[] records = [.. Read("nsft", scenes).Take(20).Select(record => record with { Extensions = new Dictionary<string, string> { ["score"] = "0.50" } })];
        string first = Path.Combine(_folder.Root, "first.json");
        string second = Path.Combine(_folder.Root, "second.json");
        DatasetFormats.ByName(source).Write(first, records, new DatasetWriteOptions());
        DatasetFormats.ByName(target).Write(second, Read(source, first), new DatasetWriteOptions());
        DatasetRecord[] result = [.. Read(target, second)];
        Assert.Equal(records.Select(FormatContent.Core), result.Select(FormatContent.Core));
        Assert.All(result, record => Assert.Equal("0.50", record.Extensions["score"]));
        Assert.All(result, record => Assert.Null(DatasetConversion.ToPair(record, second).Problem));
    }

    [Theory]
    [InlineData("nsft", "where nsft has one question")]
    [InlineData("seva", "where seva has one question")]
    [InlineData("rlhf-v", "where rlhf-v has one question")]
    [InlineData("rlaif-v", "where rlaif-v has one question")]
    [InlineData("ocrvqa", "rejected answer")]
    [InlineData("llava", "cannot hold")]
    [InlineData("textcaps", "rejected answer")]
    [InlineData("ha-dpo", "where ha-dpo has one question")]
    public void Write_LongConversation_IsAProblemWhereThereIsNoPlace(string target, string reason)
    {
        DatasetRecord record = new(
            "a",
            [new DatasetImage("a.jpg", null)],
            [new(DatasetRole.Human, "<image>\nOne?"), new(DatasetRole.Assistant, "Two."), new(DatasetRole.Human, "Three?")],
            [new(DatasetRole.Assistant, "Four.")],
            [new(DatasetRole.Assistant, "Five.")])
        { Row = 3 };
        AssertLeftOut(target, record, reason);
    }

    [Theory]
    [InlineData("nsft")]
    [InlineData("seva")]
    [InlineData("llava")]
    [InlineData("sima")]
    [InlineData("mllm-dpo")]
    [InlineData("llamafactory")]
    [InlineData("ha-dpo")]
    public void Write_EmbeddedImage_IsAProblemOrAFile(string target)
    {
        DatasetRecord record = Read("rlhf-v", _folder.Write("in.json", "[" + FormatSamples.Of("rlhf-v")[0] + "]")).Single() with { Rejected = target == "llava" ? null : [new(DatasetRole.Assistant, "x")] };
        record = record with { Extensions = new Dictionary<string, string>() };
        AssertLeftOut(target, record, "holds its image itself");
        string written = Path.Combine(_folder.Root, "out.json");
        string images = Path.Combine(_folder.Root, "images");
        DatasetWriteOptions options = new() { ImageDirectory = images };
        DatasetFormats.ByName(target).Write(written, [record, record with { Images = [new("b/../a.jpg", new byte[] { 0xFF, 0xD8, 1 })] }], options);
        DatasetImage[] saved = [.. Read(target, written).Select(read => read.Images.Single())];
        Assert.Equal("a.jpg", saved[0].Path);
        Assert.Equal([0xFF, 0xD8, 0xFF, 0xE0], File.ReadAllBytes(Path.Combine(images, "a.jpg")));
        Assert.Equal([0xFF, 0xD8, 1], File.ReadAllBytes(Path.Combine(images, saved[1].Path!)));
        Assert.StartsWith("a-", saved[1].Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OwnFieldOfAKnownName_IsAProblem()
    {
        DatasetRecord record = Pair() with { Extensions = new Dictionary<string, string> { ["prompt"] = "1", ["reject"] = "\"x\"" } };
        AssertLeftOut("trl", record, "own field 'prompt'");
        AssertLeftOut("seva", record, "own field 'reject'");
        AssertLeftOut("nsft", record, "own field 'reject'");
    }

    [Fact]
    public void Write_FieldsOfMessages_TravelBetweenChatsOnly()
    {
        DatasetMessage message = new(DatasetRole.Assistant, "A cat.") { Extensions = new Dictionary<string, string> { ["loss"] = "false" } };
        DatasetRecord record = Pair() with { Chosen = [message] };
        AssertLeftOut("seva", record, "has a field 'loss'");
        foreach (string target in new[] { "ms-swift", "trl", "sima", "mllm-dpo", "llamafactory" })
        {
            string written = Path.Combine(_folder.Root, $"{target}.json");
            DatasetFormats.ByName(target).Write(written, [record], new DatasetWriteOptions());
            Assert.Equal("false", Read(target, written).Single().Chosen![0].Extensions["loss"]);
        }
    }

    [Fact]
    public void Write_MarkerInsideTheQuestion_IsAProblemWhereNoneStands()
    {
        DatasetRecord record = Pair() with { Prompt = [new(DatasetRole.Human, "Look at <image> and say.")] };
        AssertLeftOut("seva", record, "marker stands inside");
        string written = Path.Combine(_folder.Root, "out.json");
        DatasetFormats.ByName("sima").Write(written, [record], new DatasetWriteOptions());
        Assert.Equal("Look at <image> and say.", Read("sima", written).Single().Prompt[0].Text);
    }

    [Fact]
    public void ToPair_RowsThatCannotBeOne_SayWhy()
    {
        DatasetRecord pair = Pair();
        (DatasetRecord Record, string Reason)[] cases =
        [
            (pair with { Images = [] }, "0 images"),
            (pair with { Images = [new("a", null), new("b", null)] }, "2 images"),
            (pair with { Images = [new(null, new byte[] { 1 })] }, "holds its image itself"),
            (pair with { Rejected = null }, "no rejected answer"),
            (pair with { Chosen = null }, "no chosen answer"),
            (pair with { Chosen = pair.Rejected }, "same answer"),
            (pair with { Chosen = [new(DatasetRole.Assistant, " ")] }, "empty"),
            (pair with { Chosen = [new(DatasetRole.Assistant, "</s>")] }, "template token"),
            (pair with { Prompt = [new(DatasetRole.System, "x"), .. pair.Prompt] }, "2 messages"),
        ];
        foreach ((DatasetRecord record, string reason) in cases)
        {
            PairRead read = DatasetConversion.ToPair(record, "f.json");
            Assert.Null(read.Pair);
            Assert.Contains(reason, read.Problem!.Reason, StringComparison.Ordinal);
            Assert.Equal(("f.json", 4), (read.Problem.File, read.Problem.Row));
        }

        Assert.Equal("", DatasetConversion.ToPair(pair with { Rejected = null }, "f.json", requireRejected: false).Pair!.Rejected);
        PreferencePair made = DatasetConversion.ToPair(pair, "f.json").Pair!;
        Assert.Equal(FormatContent.Of(pair), FormatContent.Of(DatasetConversion.FromPair(made)));
    }

    private static DatasetRecord Pair() => new(
        "p", [new DatasetImage("a.jpg", null)], [new(DatasetRole.Human, "What?")], [new(DatasetRole.Assistant, "A cat.")], [new(DatasetRole.Assistant, "A dog.")])
    { Row = 4 };

    private void AssertLeftOut(string target, DatasetRecord record, string reason)
    {
        List<RowProblem> problems = [];
        string path = Path.Combine(_folder.Root, "left.json");
        DatasetFormats.ByName(target).Write(path, [record], new DatasetWriteOptions { LeftOut = problems.Add });
        RowProblem problem = Assert.Single(problems);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.Equal((path, record.Row, record.Id), (problem.File, problem.Row, problem.Id));
        UserInputException error = Assert.Throws<UserInputException>(() => DatasetFormats.ByName(target).Write(path, [record], new DatasetWriteOptions()));
        Assert.Equal(problem.ToString(), error.Message);
    }

    private static IEnumerable<DatasetRecord> Read(string name, string path) => DatasetFormats.ByName(name).Read(path, new DatasetReadOptions()).Select(read =>
    {
        Assert.Null(read.Problem);
        return read.Record!;
    });
}
