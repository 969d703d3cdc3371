namespace NSft.Model.Generation;

/// <summary>Which rows of a batch open with the same image and the same ids up to its end. Pure.</summary>
/// <param name="FirstRows">A row for each distinct prefix.</param>
/// <param name="PrefixOfRow">Each row's prefix, an index into <paramref name="FirstRows"/>.</param>
/// <param name="Lengths">Each row's prefix length in tokens; something always follows it.</param>
internal sealed record PrefixPlan(int[] FirstRows, int[] PrefixOfRow, int[] Lengths)
{
    /// <summary>The plan, or null when no two rows share a prefix or some row has none.</summary>
    internal static PrefixPlan? Find(IReadOnlyList<(string? ImageKey, int[] Ids)> rows, int imageTokenId)
    {
        var firstRows = new List<int>();
        var prefixOfRow = new int[rows.Count];
        var lengths = new int[rows.Count];
        var candidates = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int row = 0; row < rows.Count; row++)
        {
            (string? key, int[] ids) = rows[row];
            lengths[row] = Array.LastIndexOf(ids, imageTokenId) + 1;
            if (key is null || lengths[row] == 0 || lengths[row] == ids.Length)
            {
                return null;
            }

            if (!candidates.TryGetValue(key, out List<int>? sameImage))
            {
                candidates.Add(key, sameImage = []);
            }

            ReadOnlySpan<int> prefix = ids.AsSpan(0, lengths[row]);
            int found = Match(rows, lengths, firstRows, sameImage, prefix);
            if (found < 0)
            {
                found = firstRows.Count;
                firstRows.Add(row);
                sameImage.Add(found);
            }

            prefixOfRow[row] = found;
        }

        return firstRows.Count < rows.Count ? new PrefixPlan([.. firstRows], prefixOfRow, lengths) : null;
    }

    private static int Match(
        IReadOnlyList<(string? ImageKey, int[] Ids)> rows, int[] lengths, List<int> firstRows, List<int> sameImage, ReadOnlySpan<int> prefix)
    {
        foreach (int candidate in sameImage)
        {
            int first = firstRows[candidate];
            if (rows[first].Ids.AsSpan(0, lengths[first]).SequenceEqual(prefix))
            {
                return candidate;
            }
        }

        return -1;
    }
}
