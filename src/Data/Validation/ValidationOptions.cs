namespace NSft.Data.Validation;

/// <summary>Which checks are made.</summary>
public sealed record ValidationOptions
{
    /// <summary>Whether the format has image markers, so that an image without one would go unseen.</summary>
    public bool MarkersAreRequired { get; init; }

    /// <summary>Decodes images; null when images are not looked at.</summary>
    public IImageProbe? Images { get; init; }

    /// <summary>Fewest pixels of an image's shorter side. Default 32.</summary>
    public int SmallestSide { get; init; } = 32;

    /// <summary>Measures token lengths; null when they are not measured.</summary>
    public IConversationMeter? Meter { get; init; }

    /// <summary>Images that must not be trained on; null when none are known.</summary>
    public EvaluationImages? Evaluation { get; init; }
}
