using System.Text.Json;

namespace NSft.Client.Tests;

public sealed class ChaosVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Chaos_TinyModel_PassesAndLeavesNothing()
    {
        string rows = _folder.Write("pairs.json", """
            [{"id": "a", "image": "0.png", "question": "Is there a red truck?", "chosen": "Yes, there is.", "rejected": "No."},
             {"id": "b", "image": "1.png", "question": "How many cups?", "chosen": "There are 3 cups.", "rejected": "None."},
             {"id": "c", "image": "2.png", "question": "Is this a cookbook?", "chosen": "No.", "rejected": "Yes."}]
            """);
        ConsoleResult result = await ConsoleProcess.RunAsync(
            "chaos", "--model", Fixture.Model, "--tokenizer", Fixture.Tokenizer, "--data", rows, "--images", Fixture.Tiny("images"), "--template", "scenes",
            "--global-batch", "2", "--steps", "400", "--minutes", "0.15", "--silos", "2", "--seed", "5", "--json");
        JsonElement report = result.Json();
        Assert.True(report.GetProperty("isPassed").GetBoolean(), result.Output);
        Assert.Equal(report.GetProperty("oracleHash").GetString(), report.GetProperty("hash").GetString());
        Assert.Equal(200, report.GetProperty("ledger").GetProperty("wholeEpochs").GetInt32());
        Assert.False(report.TryGetProperty("folder", out _));
    }

    [Fact]
    public async Task Chaos_NoMinutes_IsRefused() => (await ConsoleProcess.RunAsync("chaos", "--minutes", "0")).IsUserError("--minutes");
}
