using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace NSft.Embedded.TorchSharp.Tests;

public sealed class AttentionTests
{
    [Theory]
    [InlineData(ScalarType.Float32, 1e-6)]
    [InlineData(ScalarType.Float64, 1e-13)]
    [InlineData(ScalarType.BFloat16, 2e-2)]
    public void Attention_AnyMask_EqualsTheFormula(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        foreach (MaskKind kind in Enum.GetValues<MaskKind>())
        {
            Tensor[] qkv = Heads(generator, 2, 3, 70, 70, 8, type);
            Tensor? mask = Mask(kind, 70, type);
            Tensor expected = Formula(Array.ConvertAll(qkv, t => t.to(ScalarType.Float64)), Additive(kind, 70));

            Tensor found = scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], mask, is_casual: kind == MaskKind.Causal);

            double distance = (found.to(ScalarType.Float64) - expected).abs().max().item<double>();
            Assert.True(distance < tolerance, $"{kind}: {distance}");
            Assert.Equal(type, found.dtype);
        }
    }

    [Theory]
    [InlineData(MaskKind.None)]
    [InlineData(MaskKind.Additive)]
    [InlineData(MaskKind.Logical)]
    [InlineData(MaskKind.Causal)]
    public void Backward_AnyMask_AgreesWithFiniteDifferences(MaskKind kind)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        Tensor[] qkv = Heads(generator, 2, 2, 5, 5, 3, ScalarType.Float64);
        Tensor weights = randn([2, 2, 5, 3], ScalarType.Float64, generator: generator);
        Tensor? mask = Mask(kind, 5, ScalarType.Float64);

        FiniteDifferences.Agree(
            x => (scaled_dot_product_attention(x[0], x[1], x[2], mask, is_casual: kind == MaskKind.Causal) * weights).sum(),
            qkv);
    }

    [Theory]
    [InlineData(ScalarType.Float32, 3e-6)]
    [InlineData(ScalarType.BFloat16, 6e-2)]
    public void Backward_CausalOverSeveralBlocks_EqualsTheFormulasGradient(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(11);
        Tensor[] qkv = Array.ConvertAll(Heads(generator, 2, 2, 150, 150, 16, type), t => t.detach().requires_grad_());
        Tensor[] exact = Array.ConvertAll(qkv, t => t.detach().to(ScalarType.Float64).requires_grad_());
        Tensor weights = randn([2, 2, 150, 16], ScalarType.Float64, generator: generator);
        (scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], is_casual: true) * weights.to(type)).sum().backward();
        (Formula(exact, Additive(MaskKind.Causal, 150)) * weights).sum().backward();

        for (int i = 0; i < 3; i++)
        {
            Tensor expected = exact[i].grad!;
            double distance = (qkv[i].grad!.to(ScalarType.Float64) - expected).abs().max().item<double>();
            Assert.True(distance < tolerance * expected.abs().max().item<double>(), $"input {i}: {distance}");
        }
    }

    [Fact]
    public void Attention_OneQueryOfManyKeys_EqualsTheFormula()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        Tensor[] qkv = Heads(generator, 3, 2, 1, 37, 32, ScalarType.Float32);
        Tensor expected = Formula(Array.ConvertAll(qkv, t => t.to(ScalarType.Float64)), null);

        Tensor found = scaled_dot_product_attention(qkv[0], qkv[1], qkv[2]);

        Assert.True(found.to(ScalarType.Float64).allclose(expected, 1e-5, 1e-6));
    }

    [Fact]
    public void Attention_TransposedHeads_GivesAnOutputThatFlattensWithoutACopy()
    {
        using var scope = NewDisposeScope();
        Tensor heads = randn(2, 5, 3, 4).transpose(1, 2);
        Tensor joined = scaled_dot_product_attention(heads, heads, heads).transpose(1, 2);

        Assert.Equal([2, 5, 3, 4], joined.shape);
        Assert.True(joined.is_contiguous());
    }

    private static Tensor[] Heads(Generator generator, long batch, long heads, long queries, long keys, long width, ScalarType type) =>
        Array.ConvertAll(
            new[] { queries, keys, keys },
            length => randn([batch, length, heads, width], ScalarType.Float64, generator: generator).to(type).transpose(1, 2));

    private static Tensor Formula(Tensor[] qkv, Tensor? mask)
    {
        Tensor scores = qkv[0].matmul(qkv[1].transpose(-2, -1)) / Math.Sqrt(qkv[0].shape[^1]);
        return (mask is null ? scores : scores + mask).softmax(-1).matmul(qkv[2]);
    }

    private static Tensor? Additive(MaskKind kind, long length)
    {
        Tensor? allowed = kind switch
        {
            MaskKind.None => null,
            MaskKind.Causal => ones([length, length], ScalarType.Bool).tril(),
            _ => ones([length, length], ScalarType.Bool).tril(2),
        };
        return allowed is null ? null : zeros([length, length], ScalarType.Float64).masked_fill(allowed.logical_not(), double.NegativeInfinity);
    }

    private static Tensor? Mask(MaskKind kind, long length, ScalarType type) => kind switch
    {
        MaskKind.Additive => Additive(kind, length)!.to(type).view(1, 1, length, length),
        MaskKind.Logical => ones([length, length], ScalarType.Bool).tril(2),
        _ => null,
    };
}
