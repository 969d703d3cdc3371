using System.Text.Json.Nodes;
using NSft.Collectives;
using NSft.Model.Adapters;
using NSft.Model.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace NSft.Model.Tests.Tensors;

[Collection(TensorTests.Name)]
public sealed class LoraTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _ids = tensor(new long[] { 1, 5, 9, 33, 4 }, [1, 5]);

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void AttachLora_Fresh_ChangesNothingAndIsSeeded()
    {
        using LlavaModel model = TinyLlava.Load();
        Tensor before = Hidden(model);
        model.AttachLora(new LoraOptions(Rank: 4, Alpha: 8, Seed: 1));
        Assert.Equal(0, TinyLlava.MaxDifference(before, Hidden(model)));
        Assert.Equal(2 * 7 * model.Config.Text.LayerCount, model.Adapter!.Parameters.Count);
        ModelParameter down = model.Adapter.Parameters[0];
        double bound = 1 / Math.Sqrt(model.Config.Text.HiddenSize);
        Assert.InRange(down.Tensor.abs().max().item<float>(), 0.8 * bound, bound);

        using LlavaModel other = TinyLlava.Load();
        other.AttachLora(new LoraOptions(Rank: 4, Alpha: 8, Seed: 1));
        Assert.Equal(0, TinyLlava.MaxDifference(down.Tensor, other.Adapter!.Parameters[0].Tensor));
        using LlavaModel third = TinyLlava.Load();
        third.AttachLora(new LoraOptions(Rank: 4, Alpha: 8, Seed: 2));
        Assert.NotEqual(0, TinyLlava.MaxDifference(down.Tensor, third.Adapter!.Parameters[0].Tensor));
    }

    [Fact]
    public void SaveAdapter_LoadedAdapter_WritesTheSameTensorsAndLogits()
    {
        using LlavaModel model = TinyLlava.Load(TinyLlava.AdapterDirectory);
        model.SaveAdapter(_folder.Root);
        using SafetensorsFile source = SafetensorsFile.Open(Path.Combine(TinyLlava.AdapterDirectory, "adapter_model.safetensors"));
        using SafetensorsFile target = SafetensorsFile.Open(Path.Combine(_folder.Root, "adapter_model.safetensors"));
        Assert.Equal(source.Entries.Keys.Order(), target.Entries.Keys.Order());
        foreach ((string name, TensorEntry entry) in source.Entries)
        {
            Assert.True(source.Bytes(entry).SequenceEqual(target.Bytes(target.Entries[name])), name);
        }

        using LlavaModel again = TinyLlava.Load(_folder.Root);
        Assert.Equal(0, TinyLlava.MaxDifference(Hidden(model), Hidden(again)));
    }

    [Fact]
    public void MergeAdapter_QueryAndValueOnly_EqualsAttachedAndSaves()
    {
        using LlavaModel model = TinyLlava.Load();
        model.AttachLora(new LoraOptions(Rank: 2, Alpha: 6, Seed: 5, ["q_proj", "v_proj"], UsesRankStabilizedScale: true));
        using (no_grad())
        {
            foreach (ModelParameter parameter in model.Adapter!.Parameters)
            {
                parameter.Tensor.add_(0.02);
            }
        }

        Tensor attached = Hidden(model);
        Assert.Throws<InvalidOperationException>(() => model.Save(_folder.Root));
        model.SaveAdapter(Path.Combine(_folder.Root, "lora"));
        model.MergeAdapter();
        Assert.True(TinyLlava.MaxDifference(attached, Hidden(model)) < 1e-4);
        Assert.DoesNotContain(model.Parameters, static p => p.Part == ModelPart.Adapter);
        model.Save(Path.Combine(_folder.Root, "merged"));
        using LlavaModel merged = LlavaModel.Load(Path.Combine(_folder.Root, "merged"), new ModelLoadOptions(ScalarType.Float32, CPU));
        Assert.Equal(0, TinyLlava.MaxDifference(Hidden(model), Hidden(merged)));
        using LlavaModel reloaded = TinyLlava.Load(Path.Combine(_folder.Root, "lora"));
        Assert.Equal(0, TinyLlava.MaxDifference(attached, Hidden(reloaded)));
    }

    [Theory]
    [InlineData("use_dora", "true", "use_dora is not supported")]
    [InlineData("bias", "\"all\"", "bias 'all' is not supported")]
    [InlineData("modules_to_save", "[\"lm_head\"]", "modules_to_save is not supported")]
    [InlineData("r", "8", "wrong shape")]
    [InlineData("target_modules", "[\"q_proj\"]", "unexpected tensors")]
    [InlineData("peft_type", "\"IA3\"", "peft_type IA3 is not supported")]
    [InlineData("target_modules", "[\"q_proj\", \"fc9\"]", "unexpected tensors")]
    public void Load_UnsupportedAdapter_SaysWhat(string option, string value, string message)
    {
        WriteEdited(config => config[option] = JsonNode.Parse(value));
        UserInputException error = Assert.Throws<UserInputException>(() => TinyLlava.Load(_folder.Root));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Load_RegularExpressionAndPatterns_FollowPeft()
    {
        WriteEdited(config =>
        {
            config["target_modules"] = @".*language_model.*\.(q|k|v|o|gate|up|down)_proj";
            config["r"] = 9;
            config["rank_pattern"] = new JsonObject { [".*_proj"] = 4 };
            config["lora_alpha"] = 100;
            config["alpha_pattern"] = new JsonObject { [@"layers\.\d+\.(self_attn|mlp)\..*"] = 8 };
        });
        using LlavaModel plain = TinyLlava.Load(TinyLlava.AdapterDirectory);
        using LlavaModel model = TinyLlava.Load(_folder.Root);
        Assert.Equal(0, TinyLlava.MaxDifference(Hidden(plain), Hidden(model)));
    }

    [Fact]
    public void Load_MissingAdapterFolder_SaysWhichFile()
    {
        UserInputException error = Assert.Throws<UserInputException>(() => TinyLlava.Load(Path.Combine(_folder.Root, "none")));
        Assert.Contains("adapter_config.json", error.Message, StringComparison.Ordinal);
    }

    private void WriteEdited(Action<JsonObject> edit)
    {
        var config = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(TinyLlava.AdapterDirectory, "adapter_config.json")))!;
        edit(config);
        File.WriteAllText(Path.Combine(_folder.Root, "adapter_config.json"), config.ToJsonString());
        File.Copy(
            Path.Combine(TinyLlava.AdapterDirectory, "adapter_model.safetensors"), Path.Combine(_folder.Root, "adapter_model.safetensors"));
    }

    private Tensor Hidden(LlavaModel model)
    {
        using IDisposable noGrad = no_grad();
        return model.ForwardHidden(_ids, null, null);
    }
}
