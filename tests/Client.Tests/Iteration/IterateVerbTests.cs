using System.Text.Json;

namespace NSft.Client.Tests.Iteration;

public sealed class IterateVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Iterate_TwoRounds_TrainsRoundOnRoundAndGoesOnWhereItEnded()
    {
        JsonElement first = (await RunAsync("--rounds", "1")).Json();
        JsonElement both = (await RunAsync("--rounds", "2")).Json();

        JsonElement[] rounds = [.. both.GetProperty("rounds").EnumerateArray()];
        Assert.Equal([0, 1, 2], rounds.Select(round => round.GetProperty("round").GetInt32()));
        Assert.Equal(first.GetProperty("rounds")[1].ToString(), rounds[1].ToString());
        Assert.Equal(8, rounds[1].GetProperty("sampled").GetProperty("completions").GetInt32());
        Assert.True(rounds[1].GetProperty("constructed").GetProperty("turns").GetInt32() > 0);
        Assert.NotEqual(WeightsOf(rounds[1]), WeightsOf(rounds[2]));
        Assert.All(rounds, round => Assert.InRange(round.GetProperty("scores").GetProperty("pope").GetDouble(), 0, 1));
        Assert.Equal(_folder.At("out/round-2/model"), both.GetProperty("model").GetString());
        Assert.True(File.Exists(_folder.At("out/round-2/model/tokenizer.model")));
        Assert.Equal(5, (await File.ReadAllLinesAsync(_folder.At("out/rounds.md"), TestContext.Current.CancellationToken)).Length);

        // A stage whose output is gone is done again, and only it; the weights are those of before.
        DateTime sampled = File.GetLastWriteTimeUtc(_folder.At("out/round-2/completions.jsonl"));
        Directory.Delete(_folder.At("out/round-2/model"), recursive: true);
        JsonElement again = (await RunAsync("--rounds", "2", "--workers", "2")).Json();
        Assert.Equal(WeightsOf(rounds[2]), WeightsOf(again.GetProperty("rounds")[2]));
        Assert.Equal(sampled, File.GetLastWriteTimeUtc(_folder.At("out/round-2/completions.jsonl")));

        ConsoleResult changed = await RunAsync("--rounds", "2", "--from", "base");
        Assert.Equal(ExitCodes.UserError, changed.ExitCode);
        Assert.Contains("--from was previous and is base", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Iterate_FolderOfSomethingElse_IsRefused()
    {
        Directory.CreateDirectory(_folder.At("out"));
        _folder.Write("out/notes.txt", "mine");

        ConsoleResult result = await RunAsync("--rounds", "1");

        Assert.Equal(ExitCodes.UserError, result.ExitCode);
        Assert.Contains("holds no iteration", result.Error, StringComparison.Ordinal);
        Assert.Equal(["notes.txt"], Directory.EnumerateFileSystemEntries(_folder.At("out")).Select(Path.GetFileName));
    }

    public void Dispose() => _folder.Dispose();

    private static string WeightsOf(JsonElement round) => round.GetProperty("trained").GetProperty("weightsHash").GetString()!;

    private Task<ConsoleResult> RunAsync(params string[] more) => ConsoleProcess.RunAsync(
    [
        "iterate", "--model", Fixture.SampleModel, "--data", Data(), "--images", Fixture.SampleImages, "--lexicon", "scenes",
        "--n", "2", "--temperature", "1.2", "--max-new-tokens", "64", "--global-batch", "4", "--steps", "2", "--lr", "1e-4",
        "--pope", Questions(), "--out", _folder.At("out"), "--json", .. more,
    ]);

    private string Questions() => _folder.Write("pope.jsonl", string.Join('\n', File.ReadLines(Fixture.Sample("pope_random.jsonl")).Take(4)));

    private string Data()
    {
        string[] rows = [.. JsonDocument.Parse(File.ReadAllText(Fixture.Sample("preferences.json"))).RootElement.EnumerateArray().Take(4).Select(row => row.GetRawText().ReplaceLineEndings(" "))];
        return _folder.Write("rows.jsonl", string.Join('\n', rows));
    }
}
