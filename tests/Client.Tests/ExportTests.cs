using System.Text.Json;
using NSft.Model.Serialization;

namespace NSft.Client.Tests;

public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Export_MergedAdapter_ScoresLikeTheAdapter()
    {
        string output = _folder.At("merged");
        JsonElement written = (await ConsoleProcess.RunAsync(
            "export", "--model", Fixture.Model, "--adapter", Fixture.Adapter, "--out", output, "--dtype", "float32", "--json")).Json();
        Assert.Equal(["model.safetensors"], written.GetProperty("files").EnumerateArray().Select(file => file.GetString()));
        string rows = _folder.Write("rows.jsonl", """{"image": "2.png", "question": "Is this a cookbook?", "answer": "No."}""");
        JsonElement scored = (await ConsoleProcess.RunAsync(
            "score", "--model", output, "--data", rows, "--images", Fixture.Tiny("images"), "--template", "scenes", "--json")).Json();
        double expected = JsonDocument.Parse(await File.ReadAllTextAsync(Fixture.Tiny("expected_logps.json"), TestContext.Current.CancellationToken))
            .RootElement.GetProperty("lora_logprob")[2].GetDouble();
        Assert.Equal(expected, scored.GetProperty("rows")[0].GetProperty("logprob").GetDouble(), 1e-3);
    }

    [Fact]
    public async Task Export_HalfPrecisionSmallShards_WritesThem()
    {
        string output = _folder.At("half");
        JsonElement written = (await ConsoleProcess.RunAsync(
            "export", "--model", Fixture.Model, "--out", output, "--dtype", "float16", "--names", "hub", "--shard-size", "100KB", "--json")).Json();
        Assert.True(written.GetProperty("files").GetArrayLength() > 1);
        using SafetensorsDirectory tensors = SafetensorsDirectory.Open(output);
        Assert.All(tensors.Entries.Values, entry => Assert.Equal(TensorDtype.Float16, entry.Dtype));
        Assert.Contains("language_model.model.norm.weight", tensors.Entries.Keys);
    }
}
