using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NSft.Collectives.Files;
using NSft.Data.Construction;

namespace NSft.Grains.Construction;

/// <summary>Which rows each block needs as references, in a file beside the spool: no silo has to know all of them.</summary>
/// <param name="directory">The job's directory.</param>
internal sealed class ReferenceTable(string directory)
{
    private const string FileName = "references.bin";

    private string FilePath => Path.Combine(directory, FileName);

    /// <summary>Writes the table: where each block's rows begin and where the last ones end, then the rows.</summary>
    internal void Write(ImageRows rows, int blockSize) => AtomicFile.Write(FilePath, stream =>
    {
        var blockCount = (rows.RowCount + blockSize - 1) / blockSize;
        IEnumerable<IReadOnlyList<int>> blocks = Enumerable.Range(0, blockCount)
            .Select(block => rows.ReferenceRows(block * blockSize, Math.Min(blockSize, rows.RowCount - (block * blockSize))));
        Span<byte> place = stackalloc byte[sizeof(long)];
        var position = (long)(blockCount + 1) * sizeof(long);
        foreach (var block in blocks.Append([]))
        {
            BinaryPrimitives.WriteInt64LittleEndian(place, position);
            stream.Write(place);
            position += block.Count * sizeof(int);
        }

        foreach (var block in blocks)
        {
            stream.Write(MemoryMarshal.AsBytes<int>(block.ToArray()));
        }
    });

    /// <summary>The rows of a block.</summary>
    internal IReadOnlyList<int> Read(int block)
    {
        using var file = File.OpenHandle(FilePath);
        Span<byte> places = stackalloc byte[2 * sizeof(long)];
        RandomAccess.Read(file, places, (long)block * sizeof(long));
        var begin = BinaryPrimitives.ReadInt64LittleEndian(places);
        var end = BinaryPrimitives.ReadInt64LittleEndian(places[sizeof(long)..]);
        var rows = new int[(end - begin) / sizeof(int)];
        RandomAccess.Read(file, MemoryMarshal.AsBytes(rows.AsSpan()), begin);
        return rows;
    }
}
