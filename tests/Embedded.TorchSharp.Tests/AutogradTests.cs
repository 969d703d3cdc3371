using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace NSft.Embedded.TorchSharp.Tests;

public sealed class AutogradTests
{
    [Fact]
    public void Backward_OfAComposite_AgreesWithFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        Tensor x = randn([3, 4], ScalarType.Float64, generator: generator);
        Tensor w = randn([5, 4], ScalarType.Float64, generator: generator);
        Tensor b = randn([5], ScalarType.Float64, generator: generator);
        Tensor labels = tensor(new long[] { 0, 4, -100 });

        FiniteDifferences.Agree(t => cross_entropy(linear(silu(t[0]), t[1], t[2]), labels), x, w, b);
        FiniteDifferences.Agree(t => (layer_norm(t[0], [4]) * rsqrt(t[0].pow(2).mean([-1], true) + 1e-5)).pow(2).sum(), x);
        FiniteDifferences.Agree(t => logsigmoid(t[0]).mean() + gelu(t[0]).sum() + softplus(t[0]).sum(), x);
        FiniteDifferences.Agree(t => t[0].index_select(1, tensor(new long[] { 2, 2, 0 })).pow(3).sum(), x);
    }

    [Fact]
    public void Backward_TwiceThroughAFreedGraph_ThrowsLibtorchsMessage()
    {
        using var scope = NewDisposeScope();
        Tensor leaf = ones(2).requires_grad_();
        Tensor loss = leaf.exp().sum();
        loss.backward();

        var error = Assert.Throws<ExternalException>(loss.backward);
        Assert.Contains("Trying to backward through the graph a second time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoGrad_WithinItsScope_RecordsNothing()
    {
        using var scope = NewDisposeScope();
        Tensor leaf = ones(2).requires_grad_();
        using (no_grad())
        {
            Assert.False((leaf * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((leaf * 2).requires_grad);
            }

            Assert.False(is_grad_enabled());
        }

        Assert.True((leaf * 2).requires_grad);
        Assert.False((leaf * 2).is_leaf);
    }

    [Fact]
    public void Grad_UnusedInput_IsNullWhenAllowed()
    {
        using var scope = NewDisposeScope();
        Tensor used = ones(2).requires_grad_();
        Tensor unused = ones(2).requires_grad_();
        IList<Tensor> found = autograd.grad([(used * 2).sum()], [used, unused], allow_unused: true);

        Assert.Equal([2f, 2f], found[0].data<float>().ToArray());
        Assert.Null(found[1]);
        Assert.Throws<ExternalException>(() => autograd.grad([(used * 2).sum()], [unused]));
    }

    [Fact]
    public void GradSetter_ViewOfAFlatBuffer_CollectsTheGradientThere()
    {
        using var scope = NewDisposeScope();
        Tensor flat = zeros(6);
        Tensor weights = ones(2, 3).requires_grad_();
        weights.grad = flat.view(2, 3);
        (weights * 5).sum().backward();
        (weights * 2).sum().backward();

        Assert.Equal([7f, 7f, 7f, 7f, 7f, 7f], flat.data<float>().ToArray());
        Assert.Throws<ExternalException>(() => weights.grad = zeros(3));
    }

    [Fact]
    public void InferenceMode_WithinItsScope_IsOn()
    {
        Assert.False(is_inference_mode_enabled());
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
        }

        Assert.False(is_inference_mode_enabled());
    }
}
