namespace NSft.Data.Formats;

/// <summary>Reads and writes one format of data sets.</summary>
public interface IDatasetFormat
{
    /// <summary>Name for <c>--from</c> and <c>--to</c>.</summary>
    string Name { get; }

    /// <summary>What it is, on one line.</summary>
    string Description { get; }

    /// <summary>Whether <see cref="Write"/> is there.</summary>
    bool CanWrite { get; }

    /// <summary>Whether a file looks like this format, by its name and its first rows.</summary>
    /// <param name="path">A file or a folder; one that cannot be read is not recognised.</param>
    bool Recognises(string path);

    /// <summary>Reads row by row, without holding the file in memory.</summary>
    /// <param name="path">A file, or a folder where the format has several files.</param>
    /// <param name="options">How to read.</param>
    /// <returns>A result for every row, in file order.</returns>
    /// <exception cref="Collectives.UserInputException">While rows are taken: the file is missing, holds no rows, or is broken beyond a row.</exception>
    IEnumerable<RecordRead> Read(string path, DatasetReadOptions options);

    /// <summary>Writes records; the file appears whole or not at all.</summary>
    /// <param name="path">A file, or a folder where the format has several files.</param>
    /// <param name="records">The records, taken one by one.</param>
    /// <param name="options">How to write.</param>
    /// <exception cref="Collectives.UserInputException">The place cannot be written, or a row cannot be held and nobody takes its problem.</exception>
    void Write(string path, IEnumerable<DatasetRecord> records, DatasetWriteOptions options);
}
