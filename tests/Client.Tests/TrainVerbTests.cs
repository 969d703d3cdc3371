using System.Text.Json;

namespace NSft.Client.Tests;

public sealed class TrainVerbTests : IDisposable
{
    private const string Pairs = """
        [{"id": "a", "image": "0.png", "question": "Is there a red truck in the image?", "chosen": "Yes, there is a red truck.", "rejected": "No."},
         {"id": "b", "image": "1.png", "question": "How many cups are in the picture?", "chosen": "There are 3 cups next to the lamp.", "rejected": "None."},
         {"id": "c", "image": "2.png", "question": "Is this a cookbook?", "chosen": "No.", "rejected": "Yes."}]
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_FixtureRows_FollowsReferenceTrajectory()
    {
        string output = _folder.At("trained");
        ConsoleResult result = await TrainAsync(Pairs, output, "--objective", "sft", "--steps", "12", "--lr", "2e-3", "--warmup-steps", "3", "--weight-decay", "0.01", "--json");
        Assert.Equal(12, result.Json().GetProperty("steps").GetInt32());
        JsonElement expected = JsonDocument.Parse(await File.ReadAllTextAsync(Fixture.Tiny("train_expected.json"), TestContext.Current.CancellationToken)).RootElement;
        JsonElement[] reference = [.. expected.GetProperty("steps").EnumerateArray()];
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(output, "steps.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(12, lines.Length);
        for (int step = 0; step < lines.Length; step++)
        {
            JsonElement line = JsonDocument.Parse(lines[step]).RootElement;
            Assert.Equal(["step", "loss", "gradNorm", "learningRate", "tokens"], line.EnumerateObject().Select(item => item.Name).Take(5));
            Assert.Equal(reference[step].GetProperty("loss").GetDouble(), line.GetProperty("loss").GetDouble(), 1e-3);
            Assert.Equal(reference[step].GetProperty("lr").GetDouble(), line.GetProperty("learningRate").GetDouble(), 1e-9);
        }

        Assert.True(File.Exists(Path.Combine(output, "model.safetensors")));
        Assert.True(File.Exists(Path.Combine(output, "config.json")));
        Assert.True(File.Exists(Path.Combine(output, "tokenizer.model")));
        JsonElement record = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(output, "run.json"), TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(0.002, record.GetProperty("options").GetProperty("learningRate").GetDouble());
        Assert.Equal(64, record.GetProperty("weightsHash").GetString()!.Length);
    }

    [Fact]
    public async Task Train_TwoWorkers_WritesTheSameBitsAsOne()
    {
        string[] hashes = new string[2];
        foreach (int workers in new[] { 1, 2 })
        {
            string output = _folder.At($"workers{workers}");
            ConsoleResult result = await TrainAsync(Pairs, output, "--objective", "dpo", "--steps", "2", "--workers", $"{workers}", "--json");
            Assert.Equal(workers, result.Json().GetProperty("workers").GetInt32());
            byte[] weights = await File.ReadAllBytesAsync(Path.Combine(output, "model.safetensors"), TestContext.Current.CancellationToken);
            hashes[workers - 1] = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(weights));
        }

        Assert.Equal(hashes[0], hashes[1]);
    }

    [Fact]
    public async Task Train_UnusableRow_IsListedAndCounted()
    {
        string rows = Pairs.Replace("\"rejected\": \"Yes.\"", "\"rejected\": \"No.\"", StringComparison.Ordinal);
        ConsoleResult result = await TrainAsync(rows, _folder.At("out"), "--objective", "dpo", "--steps", "1", "--json");
        Assert.Equal(1, result.Json().GetProperty("skippedRows").GetInt32());
        Assert.Contains(result.ErrorLines, line => line.StartsWith("nsft: skipped: ", StringComparison.Ordinal) && line.Contains("row 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Train_UnusableRowStrict_IsAnErrorAndLeavesNothing()
    {
        string rows = Pairs.Replace("\"rejected\": \"Yes.\"", "\"rejected\": \"No.\"", StringComparison.Ordinal);
        ConsoleResult result = await TrainAsync(rows, _folder.At("out"), "--objective", "dpo", "--steps", "1", "--strict");
        result.IsUserError("pairs.json", "3", "chosen and rejected");
        Assert.Equal(["pairs.json"], Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task Train_NsftWithoutCorrective_SaysHowToMakeThem() =>
        (await TrainAsync(Pairs, _folder.At("out"), "--objective", "nsft")).IsUserError("--corrective", "nsft construct");

    [Fact]
    public async Task Train_StepsAndEpochs_ExcludeEachOther() =>
        (await TrainAsync(Pairs, _folder.At("out"), "--objective", "sft", "--steps", "1", "--epochs", "1")).IsUserError("--epochs", "--steps");

    [Fact]
    public async Task Train_OutputWithFiles_IsRefused()
    {
        string output = Directory.CreateDirectory(_folder.At("out")).FullName;
        await File.WriteAllTextAsync(Path.Combine(output, "mine.txt"), "mine", TestContext.Current.CancellationToken);
        (await TrainAsync(Pairs, output, "--objective", "sft", "--steps", "1")).IsUserError("not empty", "--overwrite");
        Assert.Single(Directory.GetFiles(output));
    }

    [Fact]
    public async Task Construct_SamplePairs_WritesTheSameForAnyNumberOfSilos()
    {
        foreach (int silos in new[] { 1, 2 })
        {
            JsonElement built = (await ConsoleProcess.RunAsync(
                "construct", "--data", Fixture.Sample("preferences.json"), "--constructor", "rules", "--out", _folder.At($"c{silos}.json"),
                "--silos", $"{silos}", "--json")).Json();
            Assert.Equal(627, built.GetProperty("pairs").GetInt32());
            Assert.InRange(built.GetProperty("yesShare").GetDouble(), 0.45, 0.55);
        }

        Assert.Equal(await File.ReadAllBytesAsync(_folder.At("c1.json"), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(_folder.At("c2.json"), TestContext.Current.CancellationToken));
    }

    private Task<ConsoleResult> TrainAsync(string rows, string output, params string[] more) =>
        ConsoleProcess.RunAsync([
            "train", "--model", Fixture.Model, "--tokenizer", Fixture.Tokenizer, "--data", _folder.Write("pairs.json", rows), "--images", Fixture.Tiny("images"),
            "--template", "scenes", "--image-mode", "pad", "--global-batch", "3", "--dtype", "float32", "--out", output, .. more]);
}
