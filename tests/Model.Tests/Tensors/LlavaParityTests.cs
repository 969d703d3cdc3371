using TorchSharp;
using static TorchSharp.torch;

namespace NSft.Model.Tests.Tensors;

[Collection(TensorTests.Name)]
public sealed class LlavaParityTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Dictionary<string, Tensor> _expected = TinyLlava.Tensors("forward_expected.safetensors");

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void ForwardHidden_ThreeRows_GivesReferenceLogits()
    {
        using LlavaModel model = TinyLlava.Load();
        using IDisposable noGrad = no_grad();
        Tensor features = model.EncodeImages(_expected["pixel_values"]);
        Tensor hidden = model.ForwardHidden(_expected["input_ids"], _expected["attention_mask"], features);
        Tensor mask = _expected["attention_mask"].to(ScalarType.Float32).unsqueeze(2);
        Assert.True(TinyLlava.MaxDifference(model.Logits(hidden) * mask, _expected["logits"] * mask) < 1e-4);
    }

    [Fact]
    public void Compute_ThreeRows_GivesReferenceLossAndSums()
    {
        using LlavaModel model = TinyLlava.Load();
        using IDisposable noGrad = no_grad();
        TokenLogProbabilities scores = Score(model);
        Assert.Equal(_expected["loss"].item<float>(), -scores.Values.mean().item<float>(), 1e-5);
        Assert.True(TinyLlava.MaxDifference(scores.SumByRow(), _expected["sequence_logps"]) < 1e-4);
    }

    [Fact]
    public void OfLabels_FullHidden_EqualsCompute()
    {
        using LlavaModel model = TinyLlava.Load();
        using IDisposable noGrad = no_grad();
        Tensor features = model.EncodeImages(_expected["pixel_values"]);
        Tensor hidden = model.ForwardHidden(_expected["input_ids"], null, features);
        TokenLogProbabilities all = SequenceLogProbabilities.OfLabels(model, hidden, _expected["labels"]);
        TokenLogProbabilities some = Score(model);
        Assert.Equal(all.Labels.Targets, some.Labels.Targets);
        Assert.True(TinyLlava.MaxDifference(all.Values, some.Values) < 1e-5);
    }

    [Fact]
    public void Backward_AllParameters_GivesReferenceGradients()
    {
        using LlavaModel model = TinyLlava.Load();
        foreach (ModelParameter parameter in model.Parameters)
        {
            parameter.Tensor.requires_grad = true;
        }

        Tensor features = model.EncodeImagesWithGradient(_expected["pixel_values"]);
        TokenLogProbabilities scores = SequenceLogProbabilities.Compute(
            model, _expected["input_ids"], features, _expected["labels"]);
        (-scores.Values.mean()).backward();

        int compared = 0;
        foreach (ModelParameter parameter in model.Parameters)
        {
            string name = TinyLlava.CurrentName(parameter.Name);
            if (_expected.TryGetValue("grad_norm." + name, out Tensor? norm))
            {
                double reference = norm.item<float>();
                double ours = parameter.Tensor.grad!.norm().item<float>();
                // A key bias moves no probability; its gradient is rounding in both.
                double tolerance = name.EndsWith("k_proj.bias", StringComparison.Ordinal) ? 1e-6 : 1e-3 * reference;
                Assert.True(Math.Abs(ours - reference) <= tolerance, $"{name}: {ours} instead of {reference}");
                compared++;
            }
        }

        Assert.Equal(_expected.Keys.Count(static key => key.StartsWith("grad_norm.", StringComparison.Ordinal)), compared);
        Tensor full = model.Parameters.Single(static p => p.Name == "multi_modal_projector.linear_1.weight").Tensor.grad!;
        Assert.True(TinyLlava.MaxDifference(full, _expected["grad.model.multi_modal_projector.linear_1.weight"]) < 1e-6);
    }

    [Fact]
    public void ForwardHidden_Adapter_GivesReferenceLogits()
    {
        using LlavaModel model = TinyLlava.Load(TinyLlava.AdapterDirectory);
        using IDisposable noGrad = no_grad();
        Dictionary<string, Tensor> adapted = TinyLlava.Tensors("lora_expected.safetensors");
        Tensor mask = _expected["attention_mask"].to(ScalarType.Float32).unsqueeze(2);
        Assert.True(TinyLlava.MaxDifference(Logits(model) * mask, adapted["logits"] * mask) < 1e-4);

        model.AdapterEnabled = false;
        Assert.True(TinyLlava.MaxDifference(Logits(model) * mask, _expected["logits"] * mask) < 1e-4);

        model.AdapterEnabled = true;
        model.MergeAdapter();
        Assert.Null(model.Adapter);
        Assert.True(TinyLlava.MaxDifference(Logits(model) * mask, adapted["logits"] * mask) < 1e-4);
    }

    [Theory]
    [InlineData(false, "logprob")]
    [InlineData(true, "lora_logprob")]
    public void SumByRow_ThreeRows_GivesReferenceLogProbabilities(bool adapted, string key)
    {
        using LlavaModel model = TinyLlava.Load(adapted ? TinyLlava.AdapterDirectory : null);
        using IDisposable noGrad = no_grad();
        TokenLogProbabilities scores = Score(model);
        float[] sums = scores.SumByRow().data<float>().ToArray();
        System.Text.Json.JsonElement expected = TinyLlava.Json("expected_logps.json");
        Assert.Equal(expected.GetProperty("tokens").EnumerateArray().Select(static e => e.GetInt32()), scores.Labels.Counts);
        foreach ((float sum, System.Text.Json.JsonElement reference) in sums.Zip(expected.GetProperty(key).EnumerateArray()))
        {
            Assert.Equal(reference.GetDouble(), sum, 2e-4);
        }
    }

    [Fact]
    public void CastForPass_BFloat16_StaysNearFloat32AndTrainsFloat32Leaves()
    {
        using LlavaModel model = LlavaModel.Load(
            TinyLlava.ModelDirectory, new ModelLoadOptions(ScalarType.BFloat16, CPU, StorageDtype: ScalarType.Float32));
        foreach (ModelParameter parameter in model.Parameters.Where(static p => p.Part != ModelPart.VisionTower))
        {
            parameter.Tensor.requires_grad = true;
        }

        model.StoreFrozenInComputeDtype();
        Tensor features = model.EncodeImages(_expected["pixel_values"]);
        Assert.Equal(ScalarType.BFloat16, features.dtype);
        using (model.CastForPass(ScalarType.BFloat16))
        {
            Tensor loss = -SequenceLogProbabilities.Compute(model, _expected["input_ids"], features, _expected["labels"]).Values.mean();
            Assert.Equal(_expected["loss"].item<float>(), loss.item<float>(), 0.05);
            loss.backward();
        }

        ModelParameter head = model.Parameters.Single(static p => p.Part == ModelPart.Head);
        Assert.Equal(ScalarType.Float32, head.Tensor.grad!.dtype);
        double reference = _expected["grad_norm.lm_head.weight"].item<float>();
        Assert.Equal(1.0, head.Tensor.grad!.norm().item<float>() / reference, 0.05);
    }

    private Tensor Logits(LlavaModel model) => model.Logits(model.ForwardHidden(
        _expected["input_ids"], _expected["attention_mask"], model.EncodeImages(_expected["pixel_values"])));

    private TokenLogProbabilities Score(LlavaModel model) => SequenceLogProbabilities.Compute(
        model, _expected["input_ids"], model.EncodeImages(_expected["pixel_values"]), _expected["labels"]);
}
