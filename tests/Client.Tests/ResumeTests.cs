using System.Security.Cryptography;
using System.Text.Json;

namespace NSft.Client.Tests;

/// <summary>Checkpoints of a run in one process, and going on from them.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Resume_OnOtherWorkersInTheOtherMode_WritesTheSameBits()
    {
        await TrainAsync("whole", "--every", "8");
        string checkpoints = _folder.At("whole.checkpoints");
        Assert.Equal("step-000008", Path.GetFileName(Assert.Single(Directory.GetDirectories(checkpoints))));
        JsonElement result = await TrainAsync("resumed", "--resume", "--checkpoints", checkpoints, "--workers", "2", "--state-mode", "zero1");
        Assert.Equal(12, result.GetProperty("steps").GetInt32());
        Assert.Equal(HashOf("whole"), HashOf("resumed"));
    }

    [Fact]
    public async Task Resume_CompleteRun_WritesTheSameBits()
    {
        await TrainAsync("whole", "--every", "12");
        JsonElement result = await TrainAsync("again", "--resume", "--checkpoints", _folder.At("whole.checkpoints"));
        Assert.Equal(12, result.GetProperty("steps").GetInt32());
        Assert.Equal(HashOf("whole"), HashOf("again"));
    }

    private async Task<JsonElement> TrainAsync(string output, params string[] more)
    {
        string rows = _folder.Write("pairs.json", """
            [{"id": "a", "image": "0.png", "question": "Is there a red truck?", "chosen": "Yes, there is.", "rejected": "No."},
             {"id": "b", "image": "1.png", "question": "How many cups?", "chosen": "There are 3 cups.", "rejected": "None."},
             {"id": "c", "image": "2.png", "question": "Is this a cookbook?", "chosen": "No.", "rejected": "Yes."}]
            """);
        ConsoleResult result = await ConsoleProcess.RunAsync([
            "train", "--model", Fixture.Model, "--tokenizer", Fixture.Tokenizer, "--data", rows, "--images", Fixture.Tiny("images"), "--template", "scenes",
            "--objective", "sft", "--global-batch", "3", "--steps", "12", "--out", _folder.At(output), "--json", .. more]);
        return result.Json();
    }

    private string HashOf(string output) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder.At(output), "model.safetensors"))));
}
