namespace NSft.Client.Parsing;

/// <summary>Finds what a mistyped word was meant to be.</summary>
internal static class Suggestion
{
    private const int LargestDistance = 3;

    /// <summary>The nearest candidate by edits or by a common start; null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) =>
        candidates
            .Select(candidate => (candidate, distance: candidate.StartsWith(word, StringComparison.Ordinal) ? 1 : Distance(word, candidate)))
            .Where(item => item.distance <= Math.Min(LargestDistance, Math.Max(1, word.TrimStart('-').Length / 2)))
            .OrderBy(item => item.distance)
            .ThenBy(item => item.candidate, StringComparer.Ordinal)
            .Select(item => item.candidate)
            .FirstOrDefault();

    /// <summary>Levenshtein distance.</summary>
    internal static int Distance(string first, string second)
    {
        int[] previous = [.. Enumerable.Range(0, second.Length + 1)];
        for (int row = 1; row <= first.Length; row++)
        {
            int[] current = new int[second.Length + 1];
            current[0] = row;
            for (int column = 1; column <= second.Length; column++)
            {
                int substitution = previous[column - 1] + (first[row - 1] == second[column - 1] ? 0 : 1);
                current[column] = Math.Min(substitution, 1 + Math.Min(previous[column], current[column - 1]));
            }

            previous = current;
        }

        return previous[^1];
    }
}
