using System.Security.Cryptography;
using System.Text.Json;
using NSft.Client.Clusters;

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
    public async Task Resume_OtherOptions_NamesThem()
    {
        await TrainAsync("whole", "--every", "8");
        (await RunAsync("other", "--resume", "--checkpoints", _folder.At("whole.checkpoints"), "--lr", "5e-4"))
            .IsUserError("--resume", "step-000008", "learningRate");
    }

    [Fact]
    public async Task Resume_DamagedCheckpoint_IsNamed()
    {
        await TrainAsync("whole", "--every", "8");
        string checkpoint = Path.Combine(_folder.At("whole.checkpoints"), "step-000008");
        string file = Directory.GetFiles(checkpoint, "*.bin")[0];
        byte[] bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        (await RunAsync("other", "--resume", "--checkpoints", _folder.At("whole.checkpoints"))).IsUserError("--resume", Path.GetFileName(file));
    }

    [Fact]
    public void Differences_Places_AreNone() =>
        Assert.Equal(["steps was 12 and is 13"], ResumeCheck.Differences("""{"dataPath": "a", "steps": 12, "clip": 1}""", """{"dataPath": "b", "steps": 13, "clip": 1}"""));

    private async Task<JsonElement> TrainAsync(string output, params string[] more) => (await RunAsync(output, more)).Json();

    private Task<ConsoleResult> RunAsync(string output, params string[] more)
    {
        string rows = _folder.Write("pairs.json", """
            [{"id": "a", "image": "0.png", "question": "Is there a red truck?", "chosen": "Yes, there is.", "rejected": "No."},
             {"id": "b", "image": "1.png", "question": "How many cups?", "chosen": "There are 3 cups.", "rejected": "None."},
             {"id": "c", "image": "2.png", "question": "Is this a cookbook?", "chosen": "No.", "rejected": "Yes."}]
            """);
        return ConsoleProcess.RunAsync([
            "train", "--model", Fixture.Model, "--tokenizer", Fixture.Tokenizer, "--data", rows, "--images", Fixture.Tiny("images"), "--template", "scenes",
            "--objective", "sft", "--global-batch", "3", "--steps", "12", "--out", _folder.At(output), "--json", .. more]);
    }

    private string HashOf(string output) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder.At(output), "model.safetensors"))));
}
