namespace NSft.Model;

/// <summary>Reads attention masks of right-padded rows.</summary>
internal static class RightPadding
{
    /// <summary>Real tokens of each row.</summary>
    /// <param name="mask">Row-major; 1 real, 0 padding.</param>
    /// <param name="rows">Rows.</param>
    /// <returns>Counts, or null when nothing is padded.</returns>
    /// <exception cref="ArgumentException">A real token stands behind padding.</exception>
    internal static int[]? Counts(ReadOnlySpan<long> mask, int rows)
    {
        int width = mask.Length / rows;
        var counts = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<long> line = mask.Slice(row * width, width);
            int padding = line.IndexOf(0);
            counts[row] = padding < 0 ? width : padding;
            if (line[counts[row]..].IndexOfAnyExcept(0) >= 0)
            {
                throw new ArgumentException($"Row {row + 1} of the attention mask has a real token behind padding; rows are padded on the right.");
            }
        }

        return counts.All(count => count == width) ? null : counts;
    }
}
