using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Looks into images. Safe from any thread.</summary>
public interface IImageProbe
{
    /// <summary>Whether it is known where an image would be.</summary>
    bool CanSee(DatasetImage image);

    /// <summary>Decodes an image; null when it is not there.</summary>
    /// <exception cref="Collectives.UserInputException">It cannot be decoded.</exception>
    ImageFacts? Probe(DatasetImage image);
}
