namespace NSft.Model.Weights;

/// <summary>Which form of tensor names a checkpoint uses.</summary>
/// <param name="IsCurrent">True for the names of transformers 4.52 and later (<c>model.language_model.*</c>, <c>lm_head.weight</c>),
/// false for those of the hub's files (<c>language_model.model.*</c>).</param>
/// <param name="HasVisionModel">Whether the tower's names have the part <c>vision_model</c>, which transformers 5 drops.</param>
public sealed record CheckpointNaming(bool IsCurrent, bool HasVisionModel)
{
    /// <summary>Names of the files on the hub.</summary>
    public static CheckpointNaming Hub { get; } = new(IsCurrent: false, HasVisionModel: true);

    /// <summary>Names of transformers 4.52 and later.</summary>
    public static CheckpointNaming Current { get; } = new(IsCurrent: true, HasVisionModel: true);
}
