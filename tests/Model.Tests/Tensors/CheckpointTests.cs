using System.Security.Cryptography;
using System.Text.Json;
using NSft.Collectives;
using NSft.Model.Configuration;
using NSft.Model.Serialization;
using NSft.Model.Weights;
using static TorchSharp.torch;

namespace NSft.Model.Tests.Tensors;

[Collection(TensorTests.Name)]
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_MissingUnexpectedAndMisshapen_NamesAllInOneLine()
    {
        new RandomLlava().Write(At("m"), static tensors =>
        [
            .. tensors.Where(static t => t.Name != "language_model.model.layers.1.self_attn.q_proj.weight")
                .Select(static t => t.Name == "language_model.model.norm.weight" ? t with { Shape = [16, 2] } : t),
            new TensorSource("language_model.model.layers.7.norm.weight", TensorDtype.Float32, [1], new byte[4]),
            new TensorSource("language_model.model.rotary_emb.inv_freq", TensorDtype.Float32, [1], new byte[4]),
        ]);
        UserInputException error = Assert.Throws<UserInputException>(() => Load(At("m")));
        Assert.Contains("1 missing tensor: language_model.model.layers.1.self_attn.q_proj.weight", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 unexpected tensor: language_model.model.layers.7.norm.weight", error.Message, StringComparison.Ordinal);
        Assert.Contains("language_model.model.norm.weight [16, 2] instead of [32]", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("inv_freq", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Load_WithoutUnusedVisionLayers_Works()
    {
        new RandomLlava().Write(At("m"), static tensors => tensors.Where(static t =>
            !t.Name.Contains("vision_model.encoder.layers.2.", StringComparison.Ordinal)
            && !t.Name.Contains("post_layernorm", StringComparison.Ordinal)));
        using LlavaModel model = Load(At("m"));
        Assert.DoesNotContain(model.Parameters, static p => p.Name.Contains("post_layernorm", StringComparison.Ordinal));
    }

    [Fact]
    public void LoadAndDispose_LeavesNoTensor()
    {
        new RandomLlava().Write(At("m"));
        Load(At("m")).Dispose();
        long before = TensorMemory.LiveTensorCount;
        using (LlavaModel model = Load(At("m")))
        using (NewDisposeScope())
        {
            Tensor features = model.EncodeImages(zeros([1, 3, 8, 8]));
            model.ForwardHidden(tensor(new long[] { 1, 60, 60, 60, 60, 3 }, [1, 6]), null, features);
            Assert.True(TensorMemory.LiveTensorCount > before);
        }

        Assert.Equal(before, TensorMemory.LiveTensorCount);
    }

    [Fact]
    public void ForwardHidden_InsideAScope_LeavesOneTensor()
    {
        new RandomLlava().Write(At("m"));
        using LlavaModel model = Load(At("m"));
        using Tensor ids = tensor(new long[] { 1, 4, 3 }, [1, 3]);
        model.ForwardHidden(ids, null, null).Dispose();
        long before = TensorMemory.LiveTensorCount;
        using Tensor hidden = model.ForwardHidden(ids, null, null);
        Assert.Equal(before + 1, TensorMemory.LiveTensorCount);
    }

    [Theory]
    [InlineData(3, 1, "Row 1 of the batch: image features fill 4 image tokens, found 3")]
    [InlineData(4, 2, "2 images need 8 image tokens, found 4")]
    [InlineData(8, 1, "Row 1 of the batch: image features fill 4 image tokens, found 8")]
    public void ForwardHidden_ImageTokensDoNotFit_SaysRowExpectedFound(int imageTokens, int images, string message)
    {
        new RandomLlava().Write(At("m"));
        using LlavaModel model = Load(At("m"));
        using var scope = NewDisposeScope();
        Tensor ids = tensor((long[])[1, .. Enumerable.Repeat(60L, imageTokens), 3], [1, imageTokens + 2]);
        UserInputException error = Assert.Throws<UserInputException>(
            () => model.ForwardHidden(ids, null, zeros([images, 4, 16])));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ForwardHidden_LeftPadding_Throws()
    {
        new RandomLlava().Write(At("m"));
        using LlavaModel model = Load(At("m"));
        using var scope = NewDisposeScope();
        Tensor ids = tensor(new long[] { 61, 1, 3 }, [1, 3]);
        Assert.Throws<ArgumentException>(() => model.ForwardHidden(ids, tensor(new long[] { 0, 1, 1 }, [1, 3]), null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Save_SameDtype_KeepsBytesNamesAndFiles(bool isCurrent)
    {
        new RandomLlava { Dtype = TensorDtype.BFloat16, Naming = new CheckpointNaming(isCurrent, HasVisionModel: isCurrent) }
            .Write(At("m"), maxShardBytes: 4096);
        File.WriteAllText(At("m", "generation_config.json"), "{}");
        File.WriteAllText(At("m", "tokenizer.model"), "pieces");
        Directory.CreateDirectory(At("out"));
        File.WriteAllText(At("out", "steps.jsonl"), "{}");
        File.WriteAllText(At("out", "model-00001-of-00002.safetensors"), "stale");
        using (LlavaModel model = Load(At("m"), ScalarType.BFloat16))
        {
            model.Save(At("out"));
        }

        Assert.Equal(
            ["config.json", "generation_config.json", "model.safetensors", "steps.jsonl", "tokenizer.model"],
            Directory.GetFileSystemEntries(At("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using SafetensorsDirectory source = SafetensorsDirectory.Open(At("m"));
        using SafetensorsDirectory target = SafetensorsDirectory.Open(At("out"));
        Assert.Equal(source.Entries.Keys.Order(), target.Entries.Keys.Order());
        foreach ((string name, TensorEntry entry) in source.Entries)
        {
            Assert.True(source.Bytes(entry).SequenceEqual(target.Bytes(target.Entries[name])), name);
        }
    }

    [Fact]
    public void Save_OtherDtypeNamesAndShards_LoadsAgainAndIsDeterministic()
    {
        new RandomLlava().Write(At("m"));
        var options = new SaveOptions(ScalarType.BFloat16, MaxShardBytes: 8192, CheckpointNaming.Current);
        using LlavaModel model = Load(At("m"));
        model.Save(At("a"), options);
        model.Save(At("b"), options);
        string[] names = [.. Directory.GetFiles(At("a")).Select(path => Path.GetFileName(path)!)];
        Assert.Contains("model.safetensors.index.json", names);
        foreach (string name in names)
        {
            Assert.Equal(SHA256.HashData(File.ReadAllBytes(At("a", name))), SHA256.HashData(File.ReadAllBytes(At("b", name))));
        }

        using JsonDocument config = JsonDocument.Parse(File.ReadAllBytes(At("a", "config.json")));
        Assert.Equal("bfloat16", config.RootElement.GetProperty("dtype").GetString());
        using LlavaModel again = Load(At("a"));
        using var scope = NewDisposeScope();
        foreach ((ModelParameter before, ModelParameter after) in model.Parameters.Zip(again.Parameters))
        {
            Assert.Equal(before.Name, after.Name);
            Assert.Equal(0, TinyLlava.MaxDifference(before.Tensor.to(ScalarType.BFloat16), after.Tensor));
        }
    }

    [Fact]
    public void Save_ComputedInBFloat16_KeepsTheFrozenTowerUnrounded()
    {
        new RandomLlava().Write(At("m"));
        using (LlavaModel model = Load(At("m"), ScalarType.BFloat16))
        {
            model.Save(At("out"));
        }

        using LlavaModel source = Load(At("m"));
        using LlavaModel saved = Load(At("out"));
        using var scope = NewDisposeScope();
        foreach ((ModelParameter before, ModelParameter after) in source.Parameters.Zip(saved.Parameters))
        {
            Tensor expected = before.Part == ModelPart.VisionTower ? before.Tensor : before.Tensor.to(ScalarType.BFloat16);
            Assert.Equal(0, TinyLlava.MaxDifference(expected, after.Tensor));
        }
    }

    [Fact]
    public void ReplaceParameter_ViewOfAFlatBuffer_IsTheLeafOfBackward()
    {
        LlavaConfig config = new RandomLlava().Write(At("m"));
        using LlavaModel model = Load(At("m"));
        using var scope = NewDisposeScope();
        ModelParameter norm = model.Parameters.Single(static p => p.Name == "language_model.model.norm.weight");
        Tensor flat = zeros([100]);
        Tensor leaf = flat.narrow(0, 10, config.Text.HiddenSize);
        using (no_grad())
        {
            leaf.copy_(norm.Tensor);
        }

        leaf.requires_grad = true;
        model.ReplaceParameter(norm.Name, leaf);
        Tensor ids = tensor(new long[] { 1, 4, 3 }, [1, 3]);
        SequenceLogProbabilities.Compute(model, ids, null, ids).Values.sum().backward();
        Assert.Equal(config.Text.HiddenSize, norm.Tensor.grad!.numel());
        Assert.Throws<ArgumentException>(() => model.ReplaceParameter(norm.Name, zeros([3])));
        Assert.Throws<ArgumentException>(() => model.ReplaceParameter("no.such", leaf));
    }

    private string At(params string[] parts) => Path.Combine([_folder.Root, .. parts]);

    private static LlavaModel Load(string directory, ScalarType dtype = ScalarType.Float32) =>
        LlavaModel.Load(directory, new ModelLoadOptions(dtype, CPU));
}
