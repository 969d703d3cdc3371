using System.Text.Json.Nodes;
using NSft.Collectives;
using NSft.Data.Formats;

namespace NSft.Data.Tests.Formats;

public sealed class EntryFormatTests : IDisposable
{
    private const string Books = """
        {"0001047080": {"authorName": "Ann", "genre": "Art", "imageURL": "http://x/51.jpg", "split": 1, "title": "T",
          "questions": ["Who wrote it?", "What is the title?"], "answers": ["Ann", "T"]},
         "12": {"imageURL": "http://x/7.gif", "questions": ["Is this art?"], "answers": ["No"]}}
        """;

    private const string Captions = """
        {"dataset_type": "train", "data": [
          {"question": "", "image_id": "a1", "caption_str": "A sign.", "reference_strs": ["A sign.", "A red sign."], "caption_id": 3},
          {"image_id": "b2", "reference_strs": ["One.", "Two."], "image_width": 1024.0}], "dataset_version": 0.1}
        """;

    private const string Descriptions = """
        {"2347": {"chosen": ["a", "b"], "rejected": ["x", "y", "z"], "note": 1}, "99": {"chosen": ["c"], "rejected": ["w"]}}
        """;

    private const string YesNo = """
        [{"image_id": 5, "question": "Is there a dog?", "chosen": "No.", "reject": "Yes.", "answer": "no", "correct": false},
         {"image_id": "6", "question": "Is there a cat?", "chosen": "Yes.", "reject": "No.", "answer": "yes", "correct": true}]
        """;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, int> Files => new()
    {
        { "ocrvqa", Books, 3 },
        { "textcaps", Captions, 3 },
        { "ha-dpo", Descriptions, 7 },
        { "ha-dpo", YesNo, 2 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void WriteOfRead_SameFormat_IsTheSameJson(string name, string text, int count)
    {
        string path = _folder.Write("desc_in.json", text);
        IDatasetFormat format = DatasetFormats.Detect(path);
        Assert.Equal(name, format.Name);
        DatasetRecord[] records = Read(format, path);
        Assert.Equal(count, records.Length);
        Assert.Equal(count, records.Select(record => record.Id).Distinct().Count());
        string written = Path.Combine(_folder.Root, text == YesNo ? "pope.json" : "desc_out.json");
        format.Write(written, records, new DatasetWriteOptions());
        AssertSame(text, File.ReadAllText(written));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Detect_MinifiedFile_IsKnown(string name, string text, int count)
    {
        string path = _folder.Write("some.json", JsonNode.Parse(text)!.ToJsonString());
        Assert.Equal(name, DatasetFormats.Detect(path).Name);
        Assert.Equal(count, Read(DatasetFormats.ByName(name), path).Length);
    }

    [Fact]
    public void Read_Books_AreQuestionsWithTheirImage()
    {
        DatasetRecord[] records = Read(DatasetFormats.ByName("ocrvqa"), _folder.Write("dataset.json", Books));
        Assert.Equal(["0001047080.jpg", "0001047080.jpg", "12.gif"], records.Select(record => record.Images.Single().Path));
        Assert.Equal(["0001047080-1", "0001047080-2", "12-1"], records.Select(record => record.Id));
        Assert.Equal("\"Art\"", records[0].Extensions["genre"]);
        Assert.Equal(("What is the title?", "T"), (records[1].Prompt[0].Text, records[1].Chosen![0].Text));
        Assert.Null(records[1].Rejected);
    }

    [Fact]
    public void Write_BooksThroughNsft_AreTheSameBooks()
    {
        string path = _folder.Write("dataset.json", Books);
        string middle = Path.Combine(_folder.Root, "middle.json");
        string written = Path.Combine(_folder.Root, "out.json");
        DatasetFormats.ByName("nsft").Write(middle, Read(DatasetFormats.ByName("ocrvqa"), path), new DatasetWriteOptions());
        DatasetFormats.ByName("ocrvqa").Write(written, Read(DatasetFormats.ByName("nsft"), middle), new DatasetWriteOptions());
        AssertSame(Books, File.ReadAllText(written));
    }

    [Fact]
    public void Write_PartOfABook_KeepsThatPart()
    {
        string path = _folder.Write("dataset.json", Books);
        string written = Path.Combine(_folder.Root, "out.json");
        IDatasetFormat format = DatasetFormats.ByName("ocrvqa");
        format.Write(written, Read(format, path).Skip(1).Take(1), new DatasetWriteOptions());
        JsonNode book = JsonNode.Parse(File.ReadAllText(written))!["0001047080"]!;
        Assert.Equal("""["What is the title?"]""", book["questions"]!.ToJsonString());
        Assert.Equal("""["T"]""", book["answers"]!.ToJsonString());
        Assert.Equal("Art", (string)book["genre"]!);
    }

    [Fact]
    public void Write_BooksThatDoNotStandTogether_AreProblems()
    {
        string path = _folder.Write("dataset.json", Books);
        IDatasetFormat format = DatasetFormats.ByName("ocrvqa");
        DatasetRecord[] records = Read(format, path);
        List<RowProblem> problems = [];
        format.Write(Path.Combine(_folder.Root, "out.json"), [records[0], records[2], records[1]], new DatasetWriteOptions { LeftOut = problems.Add });
        Assert.Contains("do not stand together", Assert.Single(problems).Reason, StringComparison.Ordinal);
        UserInputException error = Assert.Throws<UserInputException>(() => format.Write(
            Path.Combine(_folder.Root, "none.json"), [records[0], records[2], records[1]], new DatasetWriteOptions()));
        Assert.Contains("none.json", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Root, "none.json")));
    }

    [Fact]
    public void Write_OneRowOfABookThatCannotBeHeld_LeavesTheOthers()
    {
        IDatasetFormat format = DatasetFormats.ByName("ocrvqa");
        DatasetRecord[] records = Read(format, _folder.Write("dataset.json", Books));
        records[0] = records[0] with { Rejected = records[1].Chosen };
        List<RowProblem> problems = [];
        string written = Path.Combine(_folder.Root, "out.json");
        format.Write(written, records, new DatasetWriteOptions { LeftOut = problems.Add });
        Assert.Equal(records[0].Id, Assert.Single(problems).Id);
        Assert.Equal(["T", "No"], Read(format, written).Select(record => record.Chosen![0].Text));
    }

    [Fact]
    public void Read_Descriptions_AreTheWholeProduct()
    {
        DatasetRecord[] records = Read(DatasetFormats.ByName("ha-dpo"), _folder.Write("desc_data.json", Descriptions));
        Assert.Equal(["ax", "ay", "az", "bx", "by", "bz", "cw"], records.Select(record => record.Chosen![0].Text + record.Rejected![0].Text));
        Assert.Equal("2347.jpg", records[0].Images.Single().Path);
        Assert.True(records.Select(record => record.Prompt[0].Text).Distinct().Count() == 4);
        Assert.All(records, record => Assert.NotNull(DatasetConversion.ToPair(record, "desc_data.json").Pair));
    }

    [Fact]
    public void Read_RowsThatWereRight_HaveNoRejectedAnswer()
    {
        DatasetRecord[] records = Read(DatasetFormats.ByName("ha-dpo"), _folder.Write("pope_data.json", YesNo));
        Assert.Equal("5.jpg", records[0].Images.Single().Path);
        Assert.Equal("Yes.", records[0].Rejected![0].Text);
        Assert.Null(records[1].Rejected);
        Assert.Contains("no rejected answer", DatasetConversion.ToPair(records[1], "pope_data.json").Problem!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FolderOfBothFiles_IsTheSameFolder()
    {
        string folder = Path.Combine(_folder.Root, "in");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "desc_data.json"), Descriptions);
        File.WriteAllText(Path.Combine(folder, "pope_data.json"), YesNo);
        IDatasetFormat format = DatasetFormats.Detect(folder);
        DatasetRecord[] records = Read(format, folder);
        Assert.Equal(9, records.Select(record => record.Id).Distinct().Count());
        string written = Path.Combine(_folder.Root, "out");
        format.Write(written, records, new DatasetWriteOptions());
        AssertSame(Descriptions, File.ReadAllText(Path.Combine(written, "desc_data.json")));
        AssertSame(YesNo, File.ReadAllText(Path.Combine(written, "pope_data.json")));

        format.Write(written, records.Where(record => record.Id != "2347-1-1"), new DatasetWriteOptions { LeftOut = problem => Assert.Fail(problem.ToString()) });
        Assert.Equal(8, Read(format, written).Length);
    }

    [Fact]
    public void Write_PartOfTheDescriptions_IsAProblemOfDescData()
    {
        IDatasetFormat format = DatasetFormats.ByName("ha-dpo");
        DatasetRecord[] records = Read(format, _folder.Write("desc_data.json", Descriptions));
        List<RowProblem> problems = [];
        string written = Path.Combine(_folder.Root, "desc_out.json");
        format.Write(written, records.Skip(1), new DatasetWriteOptions { LeftOut = problems.Add });
        Assert.Equal(5, problems.Count);
        Assert.Equal("cw", string.Concat(Read(format, written).Select(record => record.Chosen![0].Text + record.Rejected![0].Text)));
    }

    [Fact]
    public void Read_Captions_AskForOne()
    {
        DatasetRecord[] records = Read(DatasetFormats.ByName("textcaps"), _folder.Write("TextCaps_0.1_train.json", Captions));
        Assert.Equal(["A sign.", "One.", "Two."], records.Select(record => record.Chosen![0].Text));
        Assert.Equal(["a1.jpg", "b2.jpg", "b2.jpg"], records.Select(record => record.Images.Single().Path));
        Assert.Equal("""["A sign.", "A red sign."]""", records[0].Extensions["reference_strs"]);
        Assert.All(records, record => Assert.NotEmpty(record.Prompt.Single().Text));
    }

    [Theory]
    [InlineData("ocrvqa", """{"1": {"questions": ["a"], "answers": []}, "2": 3, "4": {"questions": ["a"], "answers": [1]}}""", 3)]
    [InlineData("ha-dpo", """{"1": {"chosen": [], "rejected": ["a"]}, "2": [], "": {"chosen": ["b"], "rejected": ["a"]}}""", 3)]
    [InlineData("textcaps", """{"data": [{"image_id": "a"}, {"image_id": 3, "caption_str": "x"}, 4, {"image_id": "b", "caption_str": null, "reference_strs": [1]}]}""", 4)]
    public void Read_BadEntries_AreNamedOneByOne(string name, string text, int count)
    {
        RecordRead[] reads = [.. DatasetFormats.ByName(name).Read(_folder.Write("desc.json", text), new DatasetReadOptions())];
        Assert.Equal(Enumerable.Range(1, count), reads.Select(read => read.Problem!.Row));
        Assert.All(reads, read => Assert.NotEmpty(read.Problem!.Hint));
    }

    [Theory]
    [InlineData("textcaps", """{"rows": []}""", "no list 'data'")]
    [InlineData("textcaps", """{"data": 3}""", "not one list")]
    [InlineData("ocrvqa", """[1]""", "not a JSON object")]
    [InlineData("ocrvqa", """{}""", "holds no rows")]
    [InlineData("ocrvqa", """{"a": {} """, "not valid JSON at line 1")]
    [InlineData("ocrvqa", """{"a": {}} x""", "not valid JSON at line 1")]
    public void Read_BrokenFile_SaysWhy(string name, string text, string reason)
    {
        string path = _folder.Write("broken.json", text);
        UserInputException error = Assert.Throws<UserInputException>(() => DatasetFormats.ByName(name).Read(path, new DatasetReadOptions()).Count());
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static DatasetRecord[] Read(IDatasetFormat format, string path) => [.. format.Read(path, new DatasetReadOptions()).Select(read =>
    {
        Assert.Null(read.Problem);
        return read.Record!;
    })];

    private static void AssertSame(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"{expected}\n{actual}");
}
