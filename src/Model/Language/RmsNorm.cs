using static TorchSharp.torch;

namespace NSft.Model.Language;

/// <summary>Root-mean-square normalisation over the last dimension, computed in float32 and cast back before the weight.</summary>
internal sealed class RmsNorm(ModelParameter weight, double epsilon)
{
    internal Tensor Forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        Tensor wide = x.to(ScalarType.Float32);
        Tensor inverse = (wide.square().mean([-1], keepdim: true) + epsilon).rsqrt();
        Tensor normalised = (wide * inverse).to(x.dtype);
        return (normalised * weight.Value).MoveToOuterDisposeScope();
    }
}
