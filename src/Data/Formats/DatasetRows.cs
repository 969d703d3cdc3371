using NSft.Collectives;
using NSft.Data.Parquet;

namespace NSft.Data.Formats;

/// <summary>What a file says of its rows without reading them.</summary>
public static class DatasetRows
{
    /// <summary>The rows that a Parquet file says it has; null for other files, where only reading tells.</summary>
    /// <param name="path">A file or a folder.</param>
    public static long? Count(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (!ParquetReader.HasMagic(path))
            {
                return null;
            }

            using ParquetReader reader = ParquetReader.Open(path);
            return reader.RowCount;
        }
        catch (UserInputException)
        {
            return null; // whoever reads the rows says what is wrong
        }
    }
}
