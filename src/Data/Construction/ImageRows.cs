using System.Runtime.InteropServices;

namespace NSft.Data.Construction;

/// <summary>Which rows of a set show the same image, without their text: 4 bytes a row, and 4 more for images with several rows.</summary>
/// <remarks>
/// Rows are counted from 0 in the order of the set. Images are told apart by a 64-bit hash of their names: among a million images the
/// chance that any two are taken for one is below one in ten million.
/// </remarks>
public sealed class ImageRows
{
    /// <summary>Rows of an image that lend their truth to its other rows, at most; the first of the set.</summary>
    public const int LargestReferenceCount = 32;

    private const int Alone = -1;

    private readonly int[] _groups;
    private readonly int[] _starts;
    private readonly int[] _rows;

    private ImageRows(int[] groups, int[] starts, int[] rows)
    {
        _groups = groups;
        _starts = starts;
        _rows = rows;
    }

    /// <summary>Rows of the set.</summary>
    public int RowCount => _groups.Length;

    /// <summary>Images with several rows.</summary>
    internal int GroupCount => _starts.Length - 1;

    /// <summary>Reads which image each row shows.</summary>
    /// <param name="images">Image names in the order of the rows; enumerated once.</param>
    public static ImageRows Of(IEnumerable<string> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        List<ulong> names = [];
        foreach (string image in images)
        {
            names.Add(Hash(image));
        }

        ulong[] hashes = [.. names];
        int[] order = new int[hashes.Length];
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        Array.Sort(hashes, order);
        return Group(hashes, order);
    }

    /// <summary>The rows whose chosen answers a stretch of rows needs as references: a few of every image with several rows.</summary>
    /// <param name="start">First row of the stretch.</param>
    /// <param name="count">Rows of the stretch.</param>
    /// <returns>Row numbers in ascending order, also such as lie inside the stretch. They depend on the images alone.</returns>
    public IReadOnlyList<int> ReferenceRows(int start, int count)
    {
        HashSet<int> seen = [];
        List<int> rows = [];
        foreach (int group in _groups.AsSpan(start, count))
        {
            if (group != Alone && seen.Add(group))
            {
                rows.AddRange(_rows[_starts[group].._starts[group + 1]].Take(LargestReferenceCount));
            }
        }

        rows.Sort();
        return rows;
    }

    /// <summary>Which image with several rows a row shows, or -1 when the row is its only one.</summary>
    internal int GroupOf(int row) => _groups[row];

    /// <summary>How many rows show an image.</summary>
    internal int SizeOf(int group) => _starts[group + 1] - _starts[group];

    private static ImageRows Group(ulong[] hashes, int[] order)
    {
        int[] groups = new int[order.Length];
        Array.Fill(groups, Alone);
        List<int> starts = [0];
        List<int> rows = [];
        for (int first = 0; first < order.Length;)
        {
            int end = first + 1;
            while (end < order.Length && hashes[end] == hashes[first])
            {
                end++;
            }

            if (end - first > 1)
            {
                Span<int> same = order.AsSpan(first, end - first);
                same.Sort();
                foreach (int row in same)
                {
                    groups[row] = starts.Count - 1;
                    rows.Add(row);
                }

                starts.Add(rows.Count);
            }

            first = end;
        }

        return new ImageRows(groups, [.. starts], [.. rows]);
    }

    // FNV-1a over the characters, mixed at the end as SplitMix64 does.
    private static ulong Hash(string text)
    {
        const ulong Offset = 14695981039346656037;
        const ulong Prime = 1099511628211;
        ulong hash = Offset;
        foreach (byte part in MemoryMarshal.AsBytes(text.AsSpan()))
        {
            hash = (hash ^ part) * Prime;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
