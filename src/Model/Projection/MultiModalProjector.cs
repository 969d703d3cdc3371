// N images, P patches, Dv tower width, D decoder width.
using NSft.Model.Configuration;
using static TorchSharp.torch;

namespace NSft.Model.Projection;

/// <summary>LLaVA-1.5's projector: linear, exact (erf) GELU, linear.</summary>
internal sealed class MultiModalProjector
{
    internal const string Prefix = "multi_modal_projector.";

    private readonly Linear _first;
    private readonly Linear _second;
    private readonly Func<Tensor, Tensor> _activation;

    internal MultiModalProjector(LlavaConfig config, ParameterTable table)
    {
        _first = Linear.From(table, Prefix + "linear_1");
        _second = Linear.From(table, Prefix + "linear_2");
        _activation = Activations.Named(config.ProjectorActivation);
    }

    /// <summary>(N, P, Dv) to (N, P, D).</summary>
    internal Tensor Forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        return _second.Forward(_activation(_first.Forward(features))).MoveToOuterDisposeScope();
    }
}
