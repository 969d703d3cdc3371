using static TorchSharp.torch;

namespace NSft.Model.Language;

/// <summary>Root-mean-square normalisation over the last dimension, computed in float32 and cast back before the weight.</summary>
internal sealed class RmsNorm(ModelParameter weight, double epsilon)
{
    internal Tensor Forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        Tensor wide = x.to(ScalarType.Float32);
        // The norm's own gradient is one pass over x; that of a mean of squares is three.
        Tensor inverse = ((wide.norm(-1, keepdim: true).square() / x.shape[^1]) + epsilon).rsqrt();
        Tensor normalised = (wide * inverse).to(x.dtype);
        return (normalised * weight.Value).MoveToOuterDisposeScope();
    }
}
