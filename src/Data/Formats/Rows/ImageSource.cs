using System.Globalization;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>Puts images that rows only name into the rows themselves.</summary>
/// <param name="directory">The folder that the images lie in; null where rows stay as they are.</param>
internal sealed class ImageSource(string? directory)
{
    private const long LargestImage = 1 << 28;

    /// <summary>The record with the bytes of its images.</summary>
    /// <exception cref="RowRejectedException">An image is missing, unreadable or outside of the folder.</exception>
    public DatasetRecord Embed(DatasetRecord record) =>
        directory is null || record.Images.All(image => image.Bytes is not null) ? record : record with { Images = [.. record.Images.Select(Load)] };

    private DatasetImage Load(DatasetImage image)
    {
        if (image.Bytes is not null)
        {
            return image;
        }

        string shown = RowCollector.Shown(image.Path!);
        string root = Path.GetFullPath(directory!);
        string file = Path.GetFullPath(Path.Combine(root, image.Path!));
        if (!file.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new RowRejectedException($"image '{shown}' lies outside of {directory}", "name images below the folder");
        }

        try
        {
            return new FileInfo(file).Length <= LargestImage
                ? image with { Bytes = File.ReadAllBytes(file) }
                : throw new RowRejectedException(
                    string.Create(CultureInfo.InvariantCulture, $"image '{shown}' is larger than {LargestImage >> 20} MB"), "make it smaller or drop the row");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RowRejectedException($"image '{shown}' is not in {directory}", "check the image directory or drop the row");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RowRejectedException($"image '{shown}' in {directory} cannot be read", "check its permissions or drop the row");
        }
    }
}
