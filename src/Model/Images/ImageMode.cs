namespace NSft.Model.Images;

/// <summary>How an image that is not square becomes one. Values are explicit and append only.</summary>
public enum ImageMode
{
    /// <summary>Padded to a square with the mean colour, then resized.</summary>
    Pad = 0,

    /// <summary>Shortest edge resized, then the centre cropped.</summary>
    Crop = 1,
}
