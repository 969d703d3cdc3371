using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Looks into images. Safe from any thread.</summary>
public interface IImageProbe
{
    /// <summary>Decodes an image; null when it is nowhere to be found.</summary>
    /// <exception cref="Collectives.UserInputException">It cannot be decoded.</exception>
    ImageFacts? Probe(DatasetImage image);
}
