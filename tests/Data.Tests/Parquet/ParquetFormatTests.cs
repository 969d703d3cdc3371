using System.Text.Json.Nodes;
using NSft.Collectives;
using NSft.Data.Formats;
using NSft.Data.Parquet;
using NSft.Data.Tests.Formats;
using NSft.Tests;

namespace NSft.Data.Tests.Parquet;

/// <summary>Data sets in Parquet files: read as their format, written again as they were.</summary>
public sealed class ParquetFormatTests : IDisposable
{
    private const int Rows = 5;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats => [.. FormatSamples.Formats];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rlhf-v", "rlhf-v")]
    [InlineData("rlaif-v", "rlaif-v")]
    [InlineData("trl-chat", "trl")]
    public void Read_OfADataSetOfHuggingFace_GivesRecordsWithTheirImages(string name, string format)
    {
        string path = Fixture(name);
        Assert.Equal(format, DatasetFormats.Detect(path).Name);
        DatasetRecord[] records = Read(format, path);
        Assert.Equal(Rows, records.Length);
        Assert.Equal("How many cups are there? \u00e9\u732b", records[2].Prompt[0].Text.Replace("<image>", "", StringComparison.Ordinal).Trim());
        Assert.Equal("Two cups.", records[2].Chosen![0].Text);
        Assert.Equal("Three cups.", records[2].Rejected![0].Text);
        Assert.All(records, record => Assert.Equal([0xFF, 0xD8], record.Images[0].Bytes!.Value.Span[..2].ToArray()));
        byte[] image = File.ReadAllBytes(RepositoryPaths.At("samples", "scenes", "images", "eval_00002.jpg"));
        Assert.Equal(image, records[2].Images[0].Bytes!.Value.ToArray());
    }

    [Theory]
    [InlineData("rlhf-v", "rlhf-v")]
    [InlineData("rlaif-v", "rlaif-v")]
    [InlineData("trl-chat", "trl")]
    public void Write_OfRecordsRead_KeepsColumnsValuesAndFeatures(string name, string format)
    {
        string path = Fixture(name);
        string written = Path.Combine(_folder.Root, "out.parquet");
        DatasetFormats.ByName(format).Write(written, DatasetFormats.ByName(format).Read(path, new DatasetReadOptions()).Select(read => read.Record!), new DatasetWriteOptions());
        using ParquetReader expected = ParquetReader.Open(path);
        using ParquetReader actual = ParquetReader.Open(written);
        Assert.Equal(expected.Rows(), actual.Rows());
        Assert.All(expected.Schema.Fields.Zip(actual.Schema.Fields), pair => Assert.True(pair.First.Accepts(pair.Second) && pair.Second.Accepts(pair.First)));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected.KeyValues["huggingface"]), JsonNode.Parse(actual.KeyValues["huggingface"])));
    }

    [Theory]
    [InlineData("rlhf-v", "rlhf-v")]
    [InlineData("rlaif-v", "rlaif-v")]
    [InlineData("trl-chat", "trl")]
    public void Write_OfRecordsMadeAnew_NamesImagesAndTypesTheSame(string name, string format)
    {
        string path = Fixture(name);
        DatasetRecord[] records = Read(format, path);
        string written = Path.Combine(_folder.Root, "out.parquet");
        DatasetFormats.ByName(format).Write(written, records.Select(record => record with { Source = null }), new DatasetWriteOptions());
        Assert.Equal(records.Select(FormatContent.Of), Read(format, written).Select(FormatContent.Of));
        using ParquetReader actual = ParquetReader.Open(written);
        JsonNode features = JsonNode.Parse(actual.KeyValues["huggingface"])!["info"]!["features"]!;
        JsonNode image = format == "trl" ? features["images"]![0]! : features["image"]!;
        Assert.Equal("""{"_type":"Image"}""", image.ToJsonString());
        Assert.Equal(format == "trl" ? "float64" : "string", features[format == "trl" ? "score" : "ds_name"]!["dtype"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void WriteThenRead_OfEveryFormatInParquet_IsTheSame(string name)
    {
        IDatasetFormat format = DatasetFormats.ByName(name);
        DatasetRecord[] records = Read(name, _folder.Write("in.jsonl", string.Join('\n', FormatSamples.Of(name))));
        string parquet = Path.Combine(_folder.Root, "out.parquet");
        format.Write(parquet, records, new DatasetWriteOptions());
        DatasetRecord[] again = Read(name, parquet);
        Assert.Equal(records.Select(FormatContent.Core), again.Select(FormatContent.Core));
        foreach ((DatasetRecord one, DatasetRecord other) in records.Zip(again))
        {
            Assert.Equal(one.Extensions.Keys.Order(), other.Extensions.Keys.Order());
            Assert.All(one.Extensions, field => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(field.Value), JsonNode.Parse(other.Extensions[field.Key])), field.Key));
        }
    }

    [Fact]
    public void Write_WithImageFolder_TakesImagesOutOfRows()
    {
        string images = Path.Combine(_folder.Root, "images");
        string written = Path.Combine(_folder.Root, "out.jsonl");
        DatasetRecord[] records = Read("rlhf-v", Fixture("rlhf-v"));
        DatasetFormats.ByName("nsft").Write(written, records, new DatasetWriteOptions { ImageDirectory = images });
        DatasetRecord[] again = Read("nsft", written);
        Assert.Equal("0.jpg", again[0].Images[0].Path);
        Assert.Null(again[0].Images[0].Bytes);
        Assert.All(records.Zip(again), pair => Assert.Equal(pair.First.Images[0].Bytes!.Value.ToArray(), File.ReadAllBytes(Path.Combine(images, pair.Second.Images[0].Path!))));
        Assert.Equal("\"VQAv2\"", again[0].Extensions["origin_dataset"]);
        Assert.Equal("4", again[4].Extensions["idx"]);
    }

    [Fact]
    public void Write_WithEmbeddedImages_PutsThemIntoRowsAndRefusesOthers()
    {
        string images = Path.Combine(_folder.Root, "images");
        Directory.CreateDirectory(Path.Combine(images, "sub"));
        File.WriteAllBytes(Path.Combine(images, "sub", "a.jpg"), [0xFF, 0xD8, 1]);
        _folder.Write("secret.jpg", [0xFF, 0xD8, 2]);
        string row = """{"image": "NAME", "question": "What?", "chosen": "A cup.", "rejected": "A dog."}""";
        string[] names = ["sub/a.jpg", "../secret.jpg", "missing.jpg"];
        string path = _folder.Write("in.jsonl", string.Join('\n', names.Select(name => row.Replace("NAME", name, StringComparison.Ordinal))));
        string parquet = Path.Combine(_folder.Root, "out.parquet");
        List<RowProblem> problems = [];
        DatasetWriteOptions options = new() { EmbedDirectory = images, LeftOut = problems.Add };
        DatasetFormats.ByName("rlaif-v").Write(parquet, Read("nsft", path), options);
        DatasetImage image = Assert.Single(Assert.Single(Read("rlaif-v", parquet)).Images);
        Assert.Equal("sub/a.jpg", image.Path);
        Assert.Equal([0xFF, 0xD8, 1], image.Bytes!.Value.ToArray());
        Assert.Equal([2, 3], problems.Select(problem => problem.Row));
        Assert.Contains("lies outside of", problems[0].Reason, StringComparison.Ordinal);
        UserInputException refused = Assert.Throws<UserInputException>(() => DatasetFormats.ByName("nsft").Write(parquet, [], options));
        Assert.Contains("rows of nsft only name their images", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfRowsWhoseTypesDiffer_KeepsThemAsJson()
    {
        string[] rows =
        [
            """{"image": "a.jpg", "question": "What?", "chosen": "A cup.", "rejected": "A dog.", "extra": 1, "deep": {"a": [1, "two", {"b": null}]}, "none": null}""",
            """{"image": "b.jpg", "question": "What?", "chosen": "A cup.", "rejected": "A dog.", "extra": "text", "deep": {}, "half": 0.5}""",
            """{"image": "c.jpg", "question": "What?", "chosen": "A cup.", "rejected": "A dog.", "extra": [true], "half": 2}""",
        ];
        string parquet = Path.Combine(_folder.Root, "out.parquet");
        string lines = Path.Combine(_folder.Root, "out.jsonl");
        DatasetFormats.ByName("nsft").Write(parquet, Read("nsft", _folder.Write("in.jsonl", string.Join('\n', rows))), new DatasetWriteOptions());
        DatasetFormats.ByName("nsft").Write(lines, Read("nsft", parquet), new DatasetWriteOptions());
        JsonNode[] actual = [.. File.ReadLines(lines).Select(line => JsonNode.Parse(line)!)];
        JsonObject first = JsonNode.Parse(rows[0])!.AsObject();
        first.Remove("none"); // a column has no place for the difference between null and absent
        Assert.True(JsonNode.DeepEquals(first, actual[0]), actual[0].ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(rows[1]), actual[1]), actual[1].ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(rows[2]), actual[2]), actual[2].ToJsonString());
    }

    [Theory]
    [InlineData(9)]
    [InlineData(12)]
    [InlineData(25)]
    public void Write_OfDeepLists_ReadsTheSame(int depth)
    {
        string deep = new string('[', depth) + "\"x\"" + new string(']', depth);
        string row = $$"""{"image": "a.jpg", "question": "What?", "chosen": "A cup.", "rejected": "A dog.", "deep": {{deep}}}""";
        string parquet = Path.Combine(_folder.Root, "out.parquet");
        DatasetFormats.ByName("nsft").Write(parquet, Read("nsft", _folder.Write("in.jsonl", row)), new DatasetWriteOptions());
        Assert.Equal(deep, Assert.Single(Read("nsft", parquet)).Extensions["deep"]);
    }

    [Fact]
    public void Write_OfRowsTooDeep_LeavesThemOut()
    {
        string deep = new string('[', 50) + new string(']', 50);
        string row = $$"""{"image": "a.jpg", "question": "What?", "chosen": "A cup.", "rejected": "A dog.", "deep": {{deep}}}""";
        List<RowProblem> problems = [];
        DatasetRecord[] records = Read("nsft", _folder.Write("in.jsonl", row));
        DatasetFormats.ByName("nsft").Write(Path.Combine(_folder.Root, "out.parquet"), records, new DatasetWriteOptions { LeftOut = problems.Add });
        Assert.Contains("field 'deep' is of another type than in the rows before, or nested too deeply", Assert.Single(problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfALateColumn_LeavesTheRowOut()
    {
        IEnumerable<DatasetRecord> records = Enumerable.Range(1, 6000).Select(row => new DatasetRecord(
            $"row-{row}", [new DatasetImage("a.jpg", null)], [new(DatasetRole.Human, "What?")], [new(DatasetRole.Assistant, "A cup.")], [new(DatasetRole.Assistant, "A dog.")])
        {
            Row = row,
            Extensions = row == 5500 ? new Dictionary<string, string> { ["late"] = "1" } : new Dictionary<string, string>(),
        });
        List<RowProblem> problems = [];
        string parquet = Path.Combine(_folder.Root, "out.parquet");
        DatasetFormats.ByName("nsft").Write(parquet, records, new DatasetWriteOptions { LeftOut = problems.Add });
        RowProblem problem = Assert.Single(problems);
        Assert.Equal(5500, problem.Row);
        Assert.Contains("field 'late' is in none of the first 5000 rows", problem.Reason, StringComparison.Ordinal);
        Assert.Equal(5999, DatasetRows.Count(parquet));
    }

    [Fact]
    public void Read_OfTextThatIsNotUtf8_IsAProblemOfItsRow()
    {
        ParquetSchema schema = new([ParquetField.Text("image"), ParquetField.Text("question"), ParquetField.Text("chosen"), ParquetField.Text("rejected")]);
        ParquetValue[] good = [ParquetValue.Text("a.jpg"), ParquetValue.Text("What?"), ParquetValue.Text("A cup."), ParquetValue.Text("A dog.")];
        ParquetValue[] bad = [ParquetValue.Text("b.jpg"), ParquetValue.Bytes(new byte[] { 0xC3, 0x28 }), ParquetValue.Text("A cup."), ParquetValue.Text("A dog.")];
        string path = _folder.Write("rows.parquet", ParquetSamples.Write(schema, [good, bad, good], new ParquetWriteOptions()));
        RecordRead[] read = [.. DatasetFormats.ByName("nsft").Read(path, new DatasetReadOptions())];
        Assert.Equal([false, true, false], read.Select(one => one.Problem is not null));
        Assert.Equal((2, "text is not valid UTF-8"), (read[1].Problem!.Row, read[1].Problem!.Reason));
    }

    private static string Fixture(string name) => RepositoryPaths.At("tests", "fixtures", "parquet", $"{name}.parquet");

    private static DatasetRecord[] Read(string format, string path) => [.. DatasetFormats.ByName(format).Read(path, new DatasetReadOptions()).Select(read =>
    {
        Assert.Null(read.Problem);
        return read.Record!;
    })];
}
