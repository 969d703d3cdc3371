using System.Reflection;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace NSft.Embedded.TorchSharp.Tests;

public sealed class OperatorTests
{
    // The one operator that is looked for at run time, because 1.13 lacks it.
    private const string Optional = "ScaledDotProductAttention";

    [Fact]
    public void Operators_AllButTheOptionalOne_ExistInTheInstalledLibtorch()
    {
        IEnumerable<string> missing = typeof(Op).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(field => field.Name != Optional && !((Operator)field.GetValue(null)!).Exists)
            .Select(field => field.Name);

        Assert.Empty(missing);
    }

    [Fact]
    public void Call_ShapesThatDoNotFit_ThrowsWithLibtorchsMessage()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => matmul(zeros(2, 3), zeros(2, 3)));

        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arithmetic_OfTensorsAndNumbers_GivesKnownValues()
    {
        using var scope = NewDisposeScope();
        Tensor a = tensor(new float[] { 1, 2, 4 });

        Assert.Equal([3f, 5f, 9f], ((a * 2) + 1).data<float>().ToArray());
        Assert.Equal([1f, 0.5f, 0.25f], (1.0 / a).data<float>().ToArray());
        Assert.Equal([9f, 8f, 6f], (10 - a).data<float>().ToArray());
        Assert.Equal([false, false, true], (a > 3).data<bool>().ToArray());
        Assert.Equal(7f, a.sum().item<float>());
    }

    [Fact]
    public void Linear_InBFloat16_IsTheFloat32ProductRoundedOnce()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        Tensor x = randn([2, 7, 64], generator: generator).to(ScalarType.BFloat16);
        Tensor w = randn([9, 64], generator: generator).to(ScalarType.BFloat16).requires_grad_();
        Tensor b = randn([9], generator: generator).to(ScalarType.BFloat16);
        Tensor found = nn.functional.linear(x, w, b);
        Tensor exact = nn.functional.linear(x.to(ScalarType.Float64), w.to(ScalarType.Float64), b.to(ScalarType.Float64));
        found.sum().backward();

        Assert.Equal(ScalarType.BFloat16, found.dtype);
        Assert.True((found.to(ScalarType.Float64) - exact).abs().max().item<double>() < 0.004 * exact.abs().max().item<double>());
        Assert.Equal(ScalarType.BFloat16, w.grad!.dtype);
    }
}
