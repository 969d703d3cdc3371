namespace NSft.Model.Images;

/// <summary>How an image that is not square becomes one.</summary>
public enum ImageMode
{
    /// <summary>Bars of the mean colour make it square (LLaVA 1.5's way).</summary>
    Pad,

    /// <summary>The shortest edge is brought to size and the middle is cut out (Hugging Face's default).</summary>
    Crop,
}
