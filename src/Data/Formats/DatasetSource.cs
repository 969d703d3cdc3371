namespace NSft.Data.Formats;

/// <summary>A row as it stood in its file; its own format writes it back without loss.</summary>
public sealed class DatasetSource
{
    /// <summary>Makes the memory of a row.</summary>
    /// <param name="format">Name of the format that it was read as.</param>
    /// <param name="json">The row as UTF-8 JSON.</param>
    /// <param name="asRead">The record that was made of it.</param>
    internal DatasetSource(string format, ReadOnlyMemory<byte> json, DatasetRecord asRead)
    {
        Format = format;
        Json = json;
        AsRead = asRead;
    }

    /// <summary>Name of the format that the row was read as.</summary>
    public string Format { get; }

    /// <summary>The row as UTF-8 JSON.</summary>
    internal ReadOnlyMemory<byte> Json { get; }

    /// <summary>The record that was made of the row, to see what was changed since.</summary>
    internal DatasetRecord AsRead { get; }

    /// <summary>What the format remembers beside the row: names of columns, or the group of rows that it was expanded from.</summary>
    internal object? Layout { get; init; }

    /// <summary>Whether everything but perhaps the identifier is as it was read.</summary>
    internal bool HasContentOf(DatasetRecord record) =>
        ReferenceEquals(record.Images, AsRead.Images) && ReferenceEquals(record.Prompt, AsRead.Prompt) && ReferenceEquals(record.Chosen, AsRead.Chosen)
        && ReferenceEquals(record.Rejected, AsRead.Rejected) && ReferenceEquals(record.Extensions, AsRead.Extensions);
}
