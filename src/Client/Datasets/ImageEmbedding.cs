using NSft.Collectives;
using NSft.Data;
using NSft.Data.Formats;

namespace NSft.Client.Datasets;

/// <summary>Puts image files into rows, for formats whose rows hold their images.</summary>
/// <param name="folder">Folder of the images.</param>
internal sealed class ImageEmbedding(string folder)
{
    /// <summary>The rows with their images in them; a row whose image is not there is left out.</summary>
    /// <param name="records">The rows.</param>
    /// <param name="file">What problems of rows call their file.</param>
    /// <param name="leaveOut">Takes the rows that are left out.</param>
    public IEnumerable<DatasetRecord> Embed(IEnumerable<DatasetRecord> records, string file, Action<RowProblem> leaveOut)
    {
        foreach (DatasetRecord record in records)
        {
            DatasetImage? missing = record.Images.FirstOrDefault(image => image.Bytes is null && !File.Exists(PlaceOf(image)));
            if (missing is null)
            {
                yield return record with { Images = [.. record.Images.Select(Read)] };
            }
            else
            {
                leaveOut(new RowProblem(file, record.Row, record.Id, $"image '{missing.Path}' is not in {folder}", "check --images, or drop the row"));
            }
        }
    }

    private DatasetImage Read(DatasetImage image)
    {
        if (image.Bytes is not null)
        {
            return image;
        }

        string path = PlaceOf(image);
        try
        {
            return image with { Bytes = File.ReadAllBytes(path) };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: cannot be read: {exception.Message}", exception);
        }
    }

    private string PlaceOf(DatasetImage image) => Path.Combine(folder, image.Path ?? "");
}
