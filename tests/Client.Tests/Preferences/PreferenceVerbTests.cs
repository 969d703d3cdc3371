using System.Text.Json;

namespace NSft.Client.Tests.Preferences;

/// <summary>From completions to pairs, as a user does it.</summary>
public sealed class PreferenceVerbTests : IDisposable
{
    private const string Truth = "The image shows a red circle in the center and a blue star at the top.";
    private const string Invented = "The image shows a red circle in the center, a green ring on the left and a blue star at the top.";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pair_GroundTruth_RejectsWhatDiffers()
    {
        string pairs = _folder.At("pairs.json");
        ConsoleResult result = await ConsoleProcess.RunAsync("pair", "gt", "--samples", Completions("a.jsonl", Truth, Invented), "--out", pairs, "--json");
        Assert.Equal(1, result.Json().GetProperty("rows").GetInt32());
        Assert.Equal(1, result.Json().GetProperty("dropped").GetProperty("equal answers").GetInt32());
        JsonElement pair = Read(pairs)[0];
        Assert.Equal((Truth, Invented), (pair.GetProperty("chosen").GetString(), pair.GetProperty("rejected").GetString()));
    }

    [Fact]
    public async Task Pair_Corrupted_TakesTheCleanAnswer()
    {
        string pairs = _folder.At("pairs.json");
        ConsoleResult result = await ConsoleProcess.RunAsync(
            "pair", "seva", "--clean", Completions("a.jsonl", Truth), "--corrupted", Completions("b.jsonl", Invented), "--out", pairs);
        Assert.Contains("1 pairs of 1 of 1 prompts", result.Output, StringComparison.Ordinal);
        Assert.Equal(Invented, Read(pairs)[0].GetProperty("rejected").GetString());
    }

    [Fact]
    public async Task Judge_Rules_ThenPairsAndBaselines()
    {
        string ratings = _folder.At("ratings.jsonl");
        ConsoleResult judged = await ConsoleProcess.RunAsync(
            "judge", "--samples", Completions("a.jsonl", Invented, Truth), "--lexicon", "scenes", "--out", ratings, "--json");
        Assert.Equal(2, judged.Json().GetProperty("rated").GetInt32());
        string pairs = _folder.At("pairs.json");
        ConsoleResult paired = await ConsoleProcess.RunAsync("pair", "judged", "--ratings", ratings, "--min-gap", "1", "--out", pairs, "--json");
        Assert.Equal(1, paired.Json().GetProperty("rows").GetInt32());
        Assert.Equal((Truth, Invented), (Read(pairs)[0].GetProperty("chosen").GetString(), Read(pairs)[0].GetProperty("rejected").GetString()));
        string steered = _folder.At("steered.json");
        Assert.Equal(0, (await ConsoleProcess.RunAsync("pair", "judged", "--ratings", ratings, "--as", "steerlm", "--out", steered)).ExitCode);
        Assert.Contains("correctness:4", Read(steered)[1].GetProperty("conversations")[0].GetProperty("value").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_ChatModel_PaysOnce()
    {
        using RatingServer server = new();
        string[] arguments =
        [
            "judge", "--samples", Completions("a.jsonl", Truth, Invented), "--judge", "openai", "--model", "judge", "--base-url", server.BaseUrl,
            "--answers", _folder.At("answers"), "--out", _folder.At("ratings.jsonl"), "--json",
        ];
        JsonElement first = (await ConsoleProcess.RunAsync(arguments)).Json();
        Assert.Equal(2, first.GetProperty("rated").GetInt32());
        Assert.Equal(3, first.GetProperty("mean").GetProperty("helpfulness").GetDouble());
        Assert.Equal(2, (await ConsoleProcess.RunAsync(arguments)).Json().GetProperty("rated").GetInt32());
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task Critique_LikelierVerdict_GivesAPair()
    {
        string critiques = _folder.At("critiques.jsonl");
        ConsoleResult result = await ConsoleProcess.RunAsync(
            "critique", "--model", Fixture.SampleModel, "--images", Fixture.SampleImages, "--first", Completions("a.jsonl", Truth), "--second",
            Completions("b.jsonl", Invented), "--prompt", "critique-brief.v1", "--verdict", "likelihood", "--threads", "1", "--out", critiques, "--json");
        Assert.Equal(1, result.Json().GetProperty("first").GetInt32() + result.Json().GetProperty("second").GetInt32());
        ConsoleResult paired = await ConsoleProcess.RunAsync("pair", "sima", "--critiques", critiques, "--out", _folder.At("pairs.json"), "--json");
        Assert.Equal(1, paired.Json().GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task BadInput_IsOneLine()
    {
        string samples = Completions("a.jsonl", Truth);
        string damaged = _folder.Write("damaged.jsonl", "{\"id\":1");
        (await ConsoleProcess.RunAsync("pair", "gt", "--samples", damaged, "--out", _folder.At("x.json"))).IsUserError("damaged.jsonl");
        (await ConsoleProcess.RunAsync("pair", "judged", "--ratings", samples, "--out", _folder.At("x.json"))).IsUserError("row 1", "judge");
        (await ConsoleProcess.RunAsync("pair", "judged", "--ratings", samples, "--weights", "beauty=1", "--out", _folder.At("x.json"))).IsUserError("beauty");
        (await ConsoleProcess.RunAsync("judge", "--samples", samples, "--judge", "openai", "--out", _folder.At("x.json"))).IsUserError("--model");
        (await ConsoleProcess.RunAsync("judge", "--samples", samples, "--lexicon", "nowhere", "--out", _folder.At("x.json"))).IsUserError("nowhere");
        Assert.False(File.Exists(_folder.At("x.json")));
    }

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllText(path)).RootElement;

    private string Completions(string name, params string[] answers) => _folder.Write(name, JsonSerializer.Serialize(new
    {
        id = "a",
        image = "train_00000.jpg",
        question = "Describe the image.",
        reference = Truth,
        completions = answers.Select(text => new { text, tokens = 9, truncated = false }),
    }));
}
