using System.Text.Json;

namespace NSft.Client.Tests.Datasets;

/// <summary>The data set verbs as a user runs them.</summary>
public sealed class DatasetVerbTests : IDisposable
{
    private static readonly string Preferences = Fixture.Sample("preferences.json");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_ThereAndBack_GivesTheSameRows()
    {
        string there = _folder.At("trl.json");
        string back = _folder.At("back.json");
        JsonElement report = (await RunAsync("import", "--data", Preferences, "--to", "trl", "--out", there, "--json")).Json();
        Assert.Equal(("nsft", "trl", 627, 0), (
            report.GetProperty("from").GetString(), report.GetProperty("to").GetString(), report.GetProperty("rows").GetInt32(), report.GetProperty("leftOut").GetInt32()));
        (await RunAsync("import", "--data", there, "--out", back, "--json")).Json();
        using JsonDocument first = JsonDocument.Parse(await File.ReadAllTextAsync(Preferences, TestContext.Current.CancellationToken));
        using JsonDocument second = JsonDocument.Parse(await File.ReadAllTextAsync(back, TestContext.Current.CancellationToken));
        Assert.True(JsonElement.DeepEquals(first.RootElement, second.RootElement));
    }

    [Fact]
    public async Task Import_FormatThatCannotHoldTheRows_WritesNothing()
    {
        string rows = _folder.Write("rows.jsonl", Row("a") + "\n" + Row("b"));
        string output = _folder.At("llava.json");
        (await RunAsync("import", "--data", rows, "--to", "llava", "--out", output)).IsUserError("not one row", "rejected");
        Assert.False(File.Exists(output));
        JsonElement report = (await RunAsync("import", "--data", rows, "--to", "llava", "--side", "rejected", "--out", output, "--json")).Json();
        Assert.Equal(2, report.GetProperty("rows").GetInt32());
        Assert.Contains("<image>\\nWhat is there?", await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_RowThatCannotBeRead_IsReportedOrRefused()
    {
        string rows = _folder.Write("rows.jsonl", Row("a") + "\n" + """{"id": "b", "image": "b.jpg"}""" + "\n" + Row("c") + "\n");
        string output = _folder.At("out.json");
        (await RunAsync("import", "--data", rows, "--from", "nsft", "--out", output, "--strict")).IsUserError("rows.jsonl", "row 2", "question");
        Assert.False(File.Exists(output));
        ConsoleResult result = await RunAsync("import", "--data", rows, "--from", "nsft", "--out", output, "--json");
        Assert.Equal((2, 1), (result.Json().GetProperty("rows").GetInt32(), result.Json().GetProperty("leftOut").GetInt32()));
        Assert.Contains("row 2 (id b)", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ImagesIntoParquetAndOut_LosesNothing()
    {
        string rows = _folder.Write("rows.json", "[" + string.Join(',', Row("a", "train_00000.jpg"), Row("b", "train_00001.jpg"), Row("c", "gone.jpg")) + "]");
        string parquet = _folder.At("rows.parquet");
        ConsoleResult there = await RunAsync("import", "--data", rows, "--images", Fixture.SampleImages, "--to", "rlhf-v", "--out", parquet, "--json");
        Assert.Equal((2, 1), (there.Json().GetProperty("rows").GetInt32(), there.Json().GetProperty("leftOut").GetInt32()));
        Assert.Contains("gone.jpg", there.Error, StringComparison.Ordinal);
        string back = _folder.At("back.json");
        (await RunAsync("import", "--data", parquet, "--out", back)).IsUserError("not one row", "--images-out");
        JsonElement report = (await RunAsync("import", "--data", parquet, "--images-out", _folder.At("images"), "--out", back, "--json")).Json();
        Assert.Equal("rlhf-v", report.GetProperty("from").GetString());
        string[] images = [.. Directory.GetFiles(_folder.At("images")).Order()];
        Assert.Equal(["train_00000.jpg", "train_00001.jpg"], images.Select(path => Path.GetFileName(path)));
        Assert.All(images, path => Assert.Equal(File.ReadAllBytes(Fixture.Sample("images", Path.GetFileName(path))), File.ReadAllBytes(path)));
    }

    [Fact]
    public async Task Validate_Sample_HasNoErrors()
    {
        JsonElement report = (await RunAsync(
            "validate", "--data", Preferences, "--images", Fixture.SampleImages, "--model", Fixture.SampleModel, "--eval", Fixture.Sample("pope_random.jsonl"), Fixture.Sample("vqa.jsonl"), "--json")).Json();
        Assert.True(report.GetProperty("valid").GetBoolean());
        Assert.Equal((627, 0, 0), (report.GetProperty("rows").GetInt32(), report.GetProperty("errors").GetInt32(), report.GetProperty("untrainedRows").GetInt32()));
    }

    [Fact]
    public async Task Validate_BadRows_FailsWithKindsRowsAndHints()
    {
        await File.WriteAllBytesAsync(
            _folder.At("broken.jpg"), (await File.ReadAllBytesAsync(Fixture.Sample("images", "train_00000.jpg"), TestContext.Current.CancellationToken))[..700], TestContext.Current.CancellationToken);
        string rows = _folder.Write("rows.jsonl", string.Join('\n', Row("a", "broken.jpg"), Row("b", "gone.jpg"), Row("c", chosen: string.Join(' ', Enumerable.Repeat("cube", 2000))), Row("d", chosen: "A</s>")));
        string output = _folder.At("problems.jsonl");
        ConsoleResult result = await RunAsync(
            "validate", "--data", rows, "--images", _folder.Path, "--model", Fixture.SampleModel, "--eval", _folder.Write("names.txt", "d.jpg\n"), "--out", output, "--json");

        Assert.Equal(2, result.ExitCode);
        using JsonDocument report = JsonDocument.Parse(result.Output);
        Assert.False(report.RootElement.GetProperty("valid").GetBoolean());
        string[] lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        IEnumerable<string> found = lines.Select(line => JsonElement.Parse(line)).Select(line => $"{line.GetProperty("row")} {line.GetProperty("kind").GetString()}");
        Assert.Equal(["1 image-unreadable", "2 image-missing", "3 image-missing", "3 too-long", "4 template-token", "4 image-missing", "4 leakage"], found);
        Assert.All(lines, line => Assert.NotEmpty(JsonElement.Parse(line).GetProperty("hint").GetString()!));
    }

    [Fact]
    public async Task Validate_FileThatBreaksOff_StillTellsWhatStandsBefore()
    {
        string rows = _folder.Write("rows.json", $"[{Row("a", chosen: "")},\n{Row("b")},\n{{\"id\": \"c\", \"im");
        ConsoleResult result = await RunAsync("validate", "--data", rows, "--from", "nsft");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("row 1 (id a)", result.Output, StringComparison.Ordinal);
        Assert.Contains("error: row 3: not valid JSON at line 3", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_Warnings_FailOnlyWhenStrict()
    {
        string rows = _folder.Write("rows.jsonl", Row("a", "x.jpg") + "\n" + Row("b", "x.jpg"));
        Assert.Equal(0, (await RunAsync("validate", "--data", rows)).ExitCode);
        ConsoleResult strict = await RunAsync("validate", "--data", rows, "--strict");
        Assert.Equal(2, strict.ExitCode);
        Assert.Contains("warning: row 2 (id b): row 1 asks the same question", strict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_Row_ShowsWhatTrainingTrainsOn()
    {
        JsonElement row = (await RunAsync(
            "inspect", "--data", Preferences, "--id", "pair-1", "--images", Fixture.SampleImages, "--model", Fixture.SampleModel, "--json")).Json();
        Assert.Equal(2, row.GetProperty("row").GetInt32());
        Assert.Equal((112, 112, "RGB"), (
            row.GetProperty("images")[0].GetProperty("width").GetInt32(), row.GetProperty("images")[0].GetProperty("height").GetInt32(), row.GetProperty("images")[0].GetProperty("mode").GetString()));
        JsonElement chosen = row.GetProperty("sides")[0];
        Assert.Equal(" The image shows a black moon in the center and a purple star at the bottom left.</s>", Assert.Single(chosen.GetProperty("trainedText").EnumerateArray()).GetString());
        int[] labels = [.. chosen.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        int[] ids = [.. chosen.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
        int trained = chosen.GetProperty("trainedTokens").GetInt32();
        Assert.Equal(ids[^trained..], labels[^trained..]);
        Assert.All(labels[..^trained], label => Assert.Equal(-100, label));
        Assert.Equal(64, chosen.GetProperty("imageTokens").GetInt32());
    }

    [Fact]
    public async Task Inspect_Redirected_BracketsWhatIsTrainedAndDrawsOnRequest()
    {
        ConsoleResult result = await RunAsync(
            "inspect", "--data", Preferences, "--row", "2", "--images", Fixture.SampleImages, "--model", Fixture.SampleModel, "--image-width", "8");
        Assert.Contains("ASSISTANT:[ The image shows a black moon", result.Output, StringComparison.Ordinal);
        Assert.Contains("448 <image> x64", result.Output, StringComparison.Ordinal);
        Assert.Equal(32, result.Output.Count(letter => letter == '\u2580'));
    }

    [Theory]
    [InlineData("--row 700", "--row 700", "627 rows")]
    [InlineData("--id nobody", "--id nobody", "no row")]
    [InlineData("--row 1 --id a", "--row", "--id")]
    [InlineData("--image-width 5000", "--image-width 5000", "1000")]
    [InlineData("--max-length 10", "--max-length", "--model")]
    [InlineData("--from naft", "'naft'", "nsft")]
    public async Task Inspect_WrongOption_IsOneLine(string options, params string[] parts) =>
        (await RunAsync(["inspect", "--data", Preferences, .. options.Split(' ')])).IsUserError(parts);

    [Fact]
    public async Task Stats_Sample_CountsRowsImagesAndTokens()
    {
        JsonElement report = (await RunAsync("stats", "--data", Preferences, "--model", Fixture.SampleModel, "--json")).Json();
        Assert.Equal((627, 627, 520), (report.GetProperty("rows").GetInt32(), report.GetProperty("pairs").GetInt32(), report.GetProperty("uniqueImages").GetInt32()));
        Assert.Equal("Describe the image.", report.GetProperty("questions")[0].GetProperty("question").GetString());
        Assert.Equal(507, report.GetProperty("questions")[0].GetProperty("count").GetInt32());
        Assert.Equal((24, 89), (report.GetProperty("yes").GetInt32(), report.GetProperty("no").GetInt32()));
        Assert.Equal(627, report.GetProperty("tokens").GetProperty("conversation").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task SplitThenMix_Sample_GivesAllRowsBack()
    {
        JsonElement split = (await RunAsync("split", "--data", Preferences, "--out-dir", _folder.At("parts"), "--parts", "train=0.8,eval=0.2", "--seed", "4", "--json")).Json();
        string[] files = [.. split.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("file").GetString()!)];
        string mixed = _folder.At("mixed.json");
        JsonElement mix = (await RunAsync("mix", "--data", files[0], "--data", files[1], "--out", mixed, "--json")).Json();
        Assert.Equal(627, mix.GetProperty("rows").GetInt32());
        JsonElement stats = (await RunAsync("stats", "--data", mixed, "--json")).Json();
        Assert.Equal((627, 520), (stats.GetProperty("rows").GetInt32(), stats.GetProperty("uniqueImages").GetInt32()));
    }

    private static Task<ConsoleResult> RunAsync(params string[] arguments) => ConsoleProcess.RunAsync(["dataset", .. arguments]);

    private static string Row(string id, string? image = null, string chosen = "A red cube.") =>
        JsonSerializer.Serialize(new { id, image = image ?? $"{id}.jpg", question = "What is there?", chosen, rejected = "A blue ball." });
}
