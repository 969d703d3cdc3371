namespace NSft.Client.Tests;

/// <summary>What a user can get wrong: one line that names file and row or tensor, exit code 2, nothing half-written.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string GoodRow = """{"image": "0.png", "question": "Is it?", "answer": "Yes."}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UnknownOption_Suggests() =>
        (await ConsoleProcess.RunAsync("tokenize", "--tokenizer", Fixture.Tokenizer, "--txet", "a")).IsUserError("--txet", "did you mean --text?");

    [Fact]
    public async Task MissingTokenizerFile_IsNamed() =>
        (await ConsoleProcess.RunAsync("tokenize", "--tokenizer", _folder.At("none.model"), "--text", "a")).IsUserError("none.model", "no such file");

    [Fact]
    public async Task TokenizerThatIsNone_IsNamed()
    {
        string path = _folder.Write("tokenizer.model", "not a model");
        (await ConsoleProcess.RunAsync("tokenize", "--tokenizer", path, "--text", "a")).IsUserError(path);
    }

    [Fact]
    public async Task TruncatedSafetensors_IsNamed()
    {
        string model = CopyModel();
        string shard = Path.Combine(model, "model-00003-of-00008.safetensors");
        byte[] bytes = await File.ReadAllBytesAsync(shard, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(shard, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);
        (await GenerateAsync(model, Fixture.Tokenizer)).IsUserError("model-00003-of-00008.safetensors");
    }

    [Fact]
    public async Task MissingShard_IsNamed()
    {
        string model = CopyModel();
        File.Delete(Path.Combine(model, "model-00005-of-00008.safetensors"));
        (await GenerateAsync(model, Fixture.Tokenizer)).IsUserError("model-00005-of-00008.safetensors");
    }

    [Fact]
    public async Task ShapeMismatch_NamesTensor()
    {
        string model = CopyModel();
        string config = Path.Combine(model, "config.json");
        string text = await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken);
        string changed = System.Text.RegularExpressions.Regex.Replace(text, "(\"text_config\".*?\"intermediate_size\": )\\d+", "${1}77", System.Text.RegularExpressions.RegexOptions.Singleline);
        Assert.NotEqual(text, changed);
        await File.WriteAllTextAsync(config, changed, TestContext.Current.CancellationToken);
        (await GenerateAsync(model, Fixture.Tokenizer)).IsUserError("mlp", "77");
    }

    [Fact]
    public async Task WrongTokenizer_IsRefused() => (await GenerateAsync(Fixture.Model, Fixture.SampleTokenizer)).IsUserError("tokenizer");

    [Fact]
    public async Task UnreadableImage_IsNamed()
    {
        string image = _folder.Write("broken.jpg", "no image");
        (await GenerateAsync(Fixture.Model, Fixture.Tokenizer, image)).IsUserError("broken.jpg");
    }

    [Fact]
    public async Task OverlongPrompt_SaysTheLimit() =>
        (await GenerateAsync(Fixture.Model, Fixture.Tokenizer, prompt: string.Join(' ', Enumerable.Repeat("truck", 5000)))).IsUserError("limit");

    [Fact]
    public async Task UnknownTemplate_IsNamed() =>
        (await GenerateAsync(Fixture.Model, Fixture.Tokenizer, template: "llama_9")).IsUserError("llama_9", "scenes");

    [Theory]
    [InlineData("""{"image": "0.png", "question": "Is it?"}""", "chosen")]
    [InlineData("""{"question": "Is it?", "answer": "Yes."}""", "image")]
    [InlineData("""{"image": "0.png", "question": "Is it?", "answer": "  "}""", "answer")]
    [InlineData("""{"image": "0.png", "question": "<image> and <image>?", "answer": "Yes."}""", "<image>")]
    [InlineData("""{"image": "nowhere.png", "question": "Is it?", "answer": "Yes."}""", "nowhere.png")]
    [InlineData("""{"image": "0.png", "question":""", "rows.jsonl")]
    public async Task ScoreRow_Unusable_NamesFileAndRow(string row, string part)
    {
        string rows = _folder.Write("rows.jsonl", GoodRow + "\n" + row + "\n");
        ConsoleResult result = await ConsoleProcess.RunAsync(
            "score", "--model", Fixture.Model, "--tokenizer", Fixture.Tokenizer, "--data", rows, "--images", Fixture.Tiny("images"),
            "--template", "scenes", "--json");
        result.IsUserError("rows.jsonl", "2", part);
    }

    [Fact]
    public async Task EvalImage_Missing_NamesItAndWritesNoAnswers()
    {
        string questions = _folder.Write("q.jsonl", """{"question_id": 4, "image": "gone.png", "text": "Is there a dog?", "label": "no"}""");
        string output = _folder.At("answers.jsonl");
        ConsoleResult result = await ConsoleProcess.RunAsync(
            "eval", "pope", "--model", Fixture.Model, "--tokenizer", Fixture.Tokenizer, "--images", Fixture.Tiny("images"),
            "--questions", questions, "--template", "scenes", "--out", output);
        result.IsUserError("gone.png", "question 4");
        Assert.False(File.Exists(output));
    }

    [Fact]
    public async Task EvalWithoutModelOrAnswers_SaysWhatIsNeeded() =>
        (await ConsoleProcess.RunAsync("eval", "vqa", "--questions", Fixture.Sample("vqa.jsonl"))).IsUserError("--model", "--answers");

    [Fact]
    public async Task Export_MissingTensorFile_LeavesNoFolder()
    {
        string model = CopyModel();
        File.Delete(Path.Combine(model, "model-00001-of-00008.safetensors"));
        string output = _folder.At("exported");
        (await ConsoleProcess.RunAsync("export", "--model", model, "--out", output)).IsUserError("model-00001-of-00008.safetensors");
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public async Task Export_FolderWithFiles_IsRefusedAndKept()
    {
        string output = Directory.CreateDirectory(_folder.At("full")).FullName;
        await File.WriteAllTextAsync(Path.Combine(output, "mine.txt"), "mine", TestContext.Current.CancellationToken);
        (await ConsoleProcess.RunAsync("export", "--model", Fixture.Model, "--out", output)).IsUserError("full", "--overwrite");
        Assert.Equal(["mine.txt"], Directory.GetFiles(output).Select(path => Path.GetFileName(path)));
    }

    private static Task<ConsoleResult> GenerateAsync(
        string model, string tokenizer, string? image = null, string prompt = "Is it?", string template = "scenes") =>
        ConsoleProcess.RunAsync(
            "generate", "--model", model, "--tokenizer", tokenizer, "--image", image ?? Fixture.Tiny("images", "0.png"), "--prompt", prompt,
            "--template", template, "--max-new-tokens", "2", "--json");

    private string CopyModel()
    {
        string copy = Directory.CreateDirectory(_folder.At("model")).FullName;
        foreach (string path in Directory.GetFiles(Fixture.Model))
        {
            File.WriteAllBytes(Path.Combine(copy, Path.GetFileName(path)), File.ReadAllBytes(path));
        }

        return copy;
    }
}
