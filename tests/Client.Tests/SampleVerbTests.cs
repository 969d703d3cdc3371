using System.Text.Json;

namespace NSft.Client.Tests;

public sealed class SampleVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Sample_Questions_WritesCompletionsAndTellsOfThem()
    {
        string data = Questions(5);
        string output = _folder.At("deep/completions.jsonl");

        JsonElement told = (await RunAsync(data, output, "--n", "3", "--workers", "2", "--json")).Json();
        JsonElement[] rows = [.. (await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken)).Select(line => JsonDocument.Parse(line).RootElement)];

        Assert.Equal(15, told.GetProperty("completions").GetInt32());
        Assert.Equal(5, rows.Length);
        Assert.All(rows, row => Assert.Equal(3, row.GetProperty("completions").GetArrayLength()));
        Assert.All(rows, row => Assert.True(row.GetProperty("reference").GetString()!.Length > 0));
        Assert.False(Directory.Exists(output + ".work"));
    }

    [Theory]
    [InlineData("--greedy", "--temperature", "0.5", "--greedy and --temperature")]
    [InlineData("--greedy", "--n", "2", "--n 2")]
    [InlineData("--noise-step", "1000", "--strict", "--noise-step cannot be 1000")]
    [InlineData("--top-p", "1.5", "--strict", "--top-p cannot be 1.5")]
    public async Task Sample_OptionsThatCannotBeUsed_AreNamed(string first, string second, string third, string named)
    {
        string data = Questions(1);

        ConsoleResult result = await RunAsync(data, _folder.At("completions.jsonl"), first, second, third);

        Assert.Equal(ExitCodes.UserError, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.At("completions.jsonl.work")));
    }

    [Fact]
    public async Task Sample_NoSiloRuns_SaysHowToStartSome()
    {
        string data = Questions(1);

        ConsoleResult result = await RunAsync(data, _folder.At("completions.jsonl"), "--state", _folder.At("state"));

        Assert.Equal(ExitCodes.UserError, result.ExitCode);
        Assert.Contains("nsft up", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Questions(int count) => _folder.Write("questions.jsonl", string.Join('\n', File.ReadLines(Fixture.Sample("vqa.jsonl")).Take(count)));

    private static Task<ConsoleResult> RunAsync(string data, string output, params string[] more) => ConsoleProcess.RunAsync(
        ["sample", "--model", Fixture.SampleModel, "--data", data, "--images", Fixture.SampleImages, "--max-new-tokens", "16", "--out", output, .. more]);
}
