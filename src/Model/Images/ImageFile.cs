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

        if (file is [0xFF, 0xD8, 0xFF, ..])
        {
            return JpegDecoder.Decode(path, file);
        }

        return PngChunks.HasSignature(file) ? PngDecoder.Decode(path, file) : throw new UserInputException($"{path}: is neither a JPEG nor a PNG image ({file.Length} bytes).");
    }
}
