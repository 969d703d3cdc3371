using System.Text.Json.Nodes;
using NSft.Collectives;
using NSft.Data.Formats;

namespace NSft.Data.Tests.Formats;

public sealed class LlamaFactoryTests : IDisposable
{
    private const string Ranking = """
        [{"conversations": [{"from": "human", "value": "<image>What?"}], "chosen": {"from": "gpt", "value": "A cat."}, "rejected": {"from": "gpt", "value": "A dog."}, "images": ["a.jpg"], "score": 2}]
        """;

    private const string Custom = """
        [{"msgs": [{"who": "user", "text": "<image>What?"}], "good": {"who": "bot", "text": "A cat."}, "bad": {"who": "bot", "text": "A dog."}, "pics": ["a.jpg"], "sys": "Be brief.", "images": 3},
         {"msgs": [{"who": "user", "text": "Hi"}, {"who": "bot", "text": "Hello."}, {"who": "user", "text": "Bye"}], "good": {"who": "bot", "text": "Bye."}, "bad": {"who": "bot", "text": "What?"}, "sys": ""}]
        """;

    private const string Registry = """
        {"other": {"hf_hub_url": "x/y"},
         "custom": {"file_name": "custom.json", "formatting": "sharegpt", "ranking": true, "num_samples": 10,
           "columns": {"messages": "msgs", "chosen": "good", "rejected": "bad", "images": "pics", "system": "sys"},
           "tags": {"role_tag": "who", "content_tag": "text", "user_tag": "user", "assistant_tag": "bot"}},
         "alpaca": {"file_name": "alpaca.json", "columns": {"history": "history", "system": "system"}},
         "graded": {"file_name": "graded.json", "formatting": "openai", "columns": {"kto_tag": "label"}}}
        """;

    private const string Alpaca = """
        [{"instruction": "Add.", "input": "1 2", "output": "3", "history": [["Hi", "Hello."]], "system": "S"}, {"instruction": "Hi", "output": "Hello."}]
        """;

    private const string Graded = """
        [{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Go away."}], "label": false},
         {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."}], "label": true}]
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly IDatasetFormat _format = DatasetFormats.ByName("llamafactory");

    public LlamaFactoryTests()
    {
        _folder.Write("dataset_info.json", Registry);
        _folder.Write("custom.json", Custom);
        _folder.Write("alpaca.json", Alpaca);
        _folder.Write("graded.json", Graded);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("custom", Custom)]
    [InlineData("alpaca", Alpaca)]
    [InlineData("graded", Graded)]
    public void WriteOfRead_SetOfARegistry_IsTheSameSetAndEntry(string set, string rows)
    {
        string[] sources = [_folder.Root, Path.Combine(_folder.Root, "dataset_info.json"), Path.Combine(_folder.Root, set + ".json")];
        foreach (string source in sources)
        {
            string written = Path.Combine(_folder.Root, "out", $"{set}.json");
            _format.Write(written, Read(source, set), new DatasetWriteOptions());
            AssertSame(JsonNode.Parse(rows), written);
            AssertSame(new JsonObject { [set] = JsonNode.Parse(Registry)![set]!.DeepClone() }, Path.Combine(_folder.Root, "out", "dataset_info.json"));
            Directory.Delete(Path.Combine(_folder.Root, "out"), recursive: true);
        }
    }

    [Fact]
    public void Read_DataFile_TakesItsEntryFromTheRegistryBesideIt()
    {
        DatasetRecord[] records = Read(Path.Combine(_folder.Root, "custom.json"), null);
        Assert.Equal((DatasetRole.System, "Be brief."), (records[0].Prompt[0].Role, records[0].Prompt[0].Text));
        Assert.Equal(("<image>What?", "A cat.", "A dog."), (records[0].Prompt[1].Text, records[0].Chosen![0].Text, records[0].Rejected![0].Text));
        Assert.Equal("a.jpg", records[0].Images.Single().Path);
        Assert.Equal("3", records[0].Extensions["images"]);
        Assert.Equal(3, records[1].Prompt.Count);
    }

    [Fact]
    public void Read_Alpaca_JoinsInstructionAndInput()
    {
        DatasetRecord[] records = Read(_folder.Root, "alpaca");
        Assert.Equal(["S", "Hi", "Hello.", "Add.\n1 2"], records[0].Prompt.Select(message => message.Text));
        Assert.Equal("3", records[0].Chosen![0].Text);
    }

    [Fact]
    public void Read_Graded_DividesGoodFromBad()
    {
        DatasetRecord[] records = Read(_folder.Root, "graded");
        Assert.Null(records[0].Chosen);
        Assert.Equal("Go away.", records[0].Rejected![0].Text);
        Assert.Equal("Hello.", records[1].Chosen![0].Text);
    }

    [Fact]
    public void Write_NewSet_IsAddedToTheRegistry()
    {
        string rows = Path.Combine(_folder.Root, "sub.json");
        File.WriteAllText(rows, Ranking);
        DatasetRecord[] records = [.. Read(rows, null).Select(record => record with { Source = null })];
        string written = Path.Combine(_folder.Root, "mine.json");
        _format.Write(written, records, new DatasetWriteOptions { SetName = "mine" });
        AssertSame(JsonNode.Parse(Ranking), written);
        JsonNode registry = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Root, "dataset_info.json")))!;
        Assert.Equal(["other", "custom", "alpaca", "graded", "mine"], registry.AsObject().Select(entry => entry.Key));
        Assert.Equal(
            """{"file_name":"mine.json","formatting":"sharegpt","ranking":true,"columns":{"messages":"conversations","images":"images","chosen":"chosen","rejected":"rejected"}}""",
            registry["mine"]!.ToJsonString());
        Assert.Equal("A dog.", Read(_folder.Root, "mine").Single().Rejected![0].Text);

        string refused = Path.Combine(_folder.Root, "refused.json");
        UserInputException error = Assert.Throws<UserInputException>(() => _format.Write(refused, records, new DatasetWriteOptions { SetName = "custom" }));
        Assert.False(File.Exists(refused));
        Assert.Contains("set 'custom' stands for another file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "the registry has 4 sets (other, custom, alpaca, graded)")]
    [InlineData("none", "no set 'none'")]
    [InlineData("other", "only sets that are local files")]
    public void Read_SetThatIsNotMeant_SaysWhich(string? set, string reason)
    {
        UserInputException error = Assert.Throws<UserInputException>(() => Read(_folder.Root, set));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("dataset_info.json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("""{"a": 1}""", "names no 'file_name'")]
    [InlineData("""{"a": {"file_name": 7}}""", "'file_name' is not text")]
    [InlineData("""{"a": {"file_name": "x.json", "formatting": "other"}}""", "formatting 'other'")]
    [InlineData("""{"a": {"file_name": "x.json", "columns": 3}}""", "'columns' is not an object")]
    [InlineData("""{"a": {"file_name": "x.json"}, }""", "not valid JSON at line 1")]
    [InlineData("""{"a": {"file_name": "x.json"}}""", "x.json: no such file")]
    public void Read_BadRegistry_SaysWhy(string registry, string reason)
    {
        string path = _folder.Write("dataset_info.json", registry);
        Assert.Contains(reason, Assert.Throws<UserInputException>(() => Read(path, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_RegistryFolderAndRows_AreLlamaFactory()
    {
        string rows = _folder.Write("ranking.json", Ranking);
        Assert.Equal("llamafactory", DatasetFormats.Detect(_folder.Root).Name);
        Assert.Equal("llamafactory", DatasetFormats.Detect(Path.Combine(_folder.Root, "dataset_info.json")).Name);
        Assert.Equal("llamafactory", DatasetFormats.Detect(rows).Name);
    }

    private DatasetRecord[] Read(string path, string? set) => [.. _format.Read(path, new DatasetReadOptions { SetName = set }).Select(read =>
    {
        Assert.Null(read.Problem);
        return read.Record!;
    })];

    private static void AssertSame(JsonNode? expected, string path) =>
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(File.ReadAllText(path))), $"{expected}\n{File.ReadAllText(path)}");
}
