using System.Text.Json;

namespace NSft.Client.Tests;

public sealed class JsonFormTests
{
    [Fact]
    public async Task Tokenize_Cases_PrintsReferenceIds()
    {
        JsonElement cases = JsonDocument.Parse(await File.ReadAllTextAsync(Fixture.Tiny("tokenizer_cases.json"), TestContext.Current.CancellationToken)).RootElement;
        foreach (int index in new[] { 0, 2, 4 })
        {
            ConsoleResult result = await ConsoleProcess.RunAsync(
                "tokenize", "--tokenizer", Fixture.Tokenizer, "--text", cases[index].GetProperty("text").GetString()!, "--json");
            Assert.Equal(
                cases[index].GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()),
                result.Json().GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()));
        }
    }

    [Theory]
    [InlineData(false, "logprob")]
    [InlineData(true, "lora_logprob")]
    public async Task Score_FixtureRows_PrintsReferenceSums(bool withAdapter, string field)
    {
        using TemporaryFolder folder = new();
        string rows = folder.Write("rows.jsonl", string.Join('\n', FixtureRows()));
        string[] adapter = withAdapter ? ["--adapter", Fixture.Adapter] : [];
        ConsoleResult result = await ConsoleProcess.RunAsync([
            "score", "--model", Fixture.Model, "--tokenizer", Fixture.Tokenizer, "--data", rows, "--images", Fixture.Tiny("images"),
            "--template", "scenes", "--image-mode", "pad", "--dtype", "float32", "--json", .. adapter]);
        JsonElement[] scored = [.. result.Json().GetProperty("rows").EnumerateArray()];
        JsonElement expected = JsonDocument.Parse(
            await File.ReadAllTextAsync(Fixture.Tiny("expected_logps.json"), TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(3, scored.Length);
        for (int row = 0; row < scored.Length; row++)
        {
            Assert.Equal(["logprob", "tokens"], scored[row].EnumerateObject().Select(item => item.Name));
            Assert.Equal(expected.GetProperty(field)[row].GetDouble(), scored[row].GetProperty("logprob").GetDouble(), 1e-3);
            Assert.Equal(expected.GetProperty("tokens")[row].GetInt32(), scored[row].GetProperty("tokens").GetInt32());
        }
    }

    [Fact]
    public async Task Generate_FixturePrompt_PrintsReferenceIds()
    {
        JsonElement expected = JsonDocument.Parse(
            await File.ReadAllTextAsync(Fixture.Tiny("generate_expected.json"), TestContext.Current.CancellationToken)).RootElement[0];
        ConsoleResult result = await ConsoleProcess.RunAsync(
            "generate", "--model", Fixture.Model, "--tokenizer", Fixture.Tokenizer, "--image", Fixture.Tiny("images", "0.png"),
            "--prompt", expected.GetProperty("question").GetString()!, "--template", "scenes", "--image-mode", "pad",
            "--max-new-tokens", "24", "--dtype", "float32", "--json");
        JsonElement answer = result.Json();
        Assert.Equal(["text", "ids"], answer.EnumerateObject().Select(item => item.Name));
        Assert.Equal(
            expected.GetProperty("new_ids").EnumerateArray().Select(id => id.GetInt32()),
            answer.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()));
    }

    [Fact]
    public async Task EvalChair_ReferenceCaptions_PrintsReferenceScores()
    {
        ConsoleResult result = await ConsoleProcess.RunAsync(
            "eval", "chair", "--annotations", Fixture.Sample("annotations.json"), "--answers", Fixture.Sample("ref_captions_eval.json"), "--json");
        JsonElement score = result.Json();
        Assert.Equal(0.1092, score.GetProperty("chairI").GetDouble(), 0.0001);
        Assert.Equal(0.38, score.GetProperty("chairS").GetDouble(), 0.0001);
        Assert.Equal(0.9204, score.GetProperty("recall").GetDouble(), 0.0001);
    }

    [Fact]
    public async Task EvalPope_AnswerFile_PrintsScores()
    {
        using TemporaryFolder folder = new();
        string questions = folder.Write("q.jsonl", """
            {"question_id": 1, "image": "a.jpg", "text": "Is there a dog?", "label": "yes"}
            {"question_id": 2, "image": "a.jpg", "text": "Is there a cat?", "label": "no"}
            """);
        string answers = folder.Write("a.jsonl", """
            {"question_id": 2, "text": "Maybe."}
            {"question_id": 1, "text": "Yes, there is."}
            """);
        JsonElement score = (await ConsoleProcess.RunAsync("eval", "pope", "--questions", questions, "--answers", answers, "--json")).Json();
        Assert.Equal(0.5, score.GetProperty("accuracy").GetDouble());
        Assert.Equal(0.5, score.GetProperty("precision").GetDouble());
        Assert.Equal(1, score.GetProperty("recall").GetDouble());
        Assert.Equal(1, score.GetProperty("yesRatio").GetDouble());
        Assert.Equal(1, score.GetProperty("unparsable").GetInt32());
        Assert.Equal("official", score.GetProperty("protocol").GetProperty("parseRule").GetString());
    }

    private static string[] FixtureRows() =>
    [
        """{"image": "0.png", "question": "Is there a red truck in the image?", "answer": "Yes, there is a red truck."}""",
        """{"image": "1.png", "question": "How many cups are in the picture?", "answer": "There are 3 cups next to the lamp."}""",
        """{"image": "2.png", "question": "Is this a cookbook?", "answer": "No."}""",
    ];
}
