namespace NSft.Model.Weights;

/// <summary>A tensor that a checkpoint of some config has.</summary>
/// <param name="Name">Hub name.</param>
/// <param name="Part">Part of the model.</param>
/// <param name="Shape">Shape.</param>
/// <param name="IsRequired">False for what LLaVA never computes (last vision layers, post_layernorm), which files may leave out.</param>
internal sealed record ParameterSpecification(string Name, ModelPart Part, long[] Shape, bool IsRequired = true);
