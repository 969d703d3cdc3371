using NSft.Collectives;

namespace NSft.Model.Images;

/// <summary>Reads JPEG and PNG files to the same pixels as PIL's convert("RGB"); EXIF orientation is ignored, alpha is dropped.</summary>
public static class ImageFile
{
    /// <summary>Reads an image. Safe from any thread.</summary>
    /// <param name="path">A JPEG or PNG file, told by its content.</param>
    /// <exception cref="UserInputException">The file is missing, is neither, is damaged or truncated, or is too large.</exception>
    public static RgbImage Read(string path)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserInputException($"{path}: the image is missing.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: cannot be read: {error.Message}", error);
        }

        return Decode(path, file);
    }

    /// <summary>Reads an image that is in memory. Safe from any thread.</summary>
    /// <param name="name">What errors call it.</param>
    /// <param name="file">Content of a JPEG or PNG file.</param>
    /// <exception cref="UserInputException">It is neither, is damaged or truncated, or is too large.</exception>
    public static RgbImage Decode(string name, byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file is [0xFF, 0xD8, 0xFF, ..])
        {
            return JpegDecoder.Decode(name, file);
        }

        return PngChunks.HasSignature(file) ? PngDecoder.Decode(name, file) : throw new UserInputException($"{name}: is neither a JPEG nor a PNG image ({file.Length} bytes).");
    }
}
