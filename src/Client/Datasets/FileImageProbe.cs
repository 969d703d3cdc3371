using NSft.Collectives;
using NSft.Data.Formats;
using NSft.Data.Validation;
using NSft.Model.Images;

namespace NSft.Client.Datasets;

/// <summary>Decodes images of rows: those that the row holds itself, and those in a folder where one is named.</summary>
/// <param name="folder">Folder of the images; null when only embedded ones are looked at.</param>
internal sealed class FileImageProbe(string? folder) : IImageProbe
{
    /// <inheritdoc/>
    public bool CanSee(DatasetImage image) => image.Bytes is not null || folder is not null;

    /// <inheritdoc/>
    public ImageFacts? Probe(DatasetImage image) => Read(image)?.Facts;

    /// <summary>The pixels and what is known of them; null when the image is not there.</summary>
    public (RgbImage Pixels, ImageFacts Facts)? Read(DatasetImage image)
    {
        if (ReadFile(image) is not { } file)
        {
            return null;
        }

        RgbImage decoded = Decode(image, file);
        return (decoded, new ImageFacts(decoded.Width, decoded.Height, ImageHeader.ModeOf(file)));
    }

    private static RgbImage Decode(DatasetImage image, byte[] file)
    {
        string name = image.Path is { Length: > 0 } path ? path : "the embedded image";
        return ImageHeader.KindOf(file) is string kind
            ? throw new UserInputException($"{name}: is {kind}, neither JPEG nor PNG")
            : ImageFile.Decode(name, file);
    }

    private byte[]? ReadFile(DatasetImage image)
    {
        if (image.Bytes is { } bytes)
        {
            return bytes.ToArray();
        }

        if (folder is null || image.Path is not { Length: > 0 } name || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        string path = Path.Combine(folder, name);
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: cannot be read: {exception.Message}", exception);
        }
    }
}
