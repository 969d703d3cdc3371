namespace NSft.Client.Clusters;

/// <summary>Log lines of silos in the order of their times. Pure.</summary>
internal static class ClusterLogs
{
    private const int TimeLength = 24;

    /// <summary>Merges logs; lines without a time, such as stack traces, stay with the line before them.</summary>
    /// <param name="logs">Lines of each log.</param>
    /// <param name="filter">What a line must hold; null for all.</param>
    /// <param name="last">Number of lines wanted, from the end.</param>
    public static IReadOnlyList<string> Merge(IEnumerable<IEnumerable<string>> logs, string? filter, int last)
    {
        List<(string Time, int Order, string Line)> lines = [];
        foreach (IEnumerable<string> log in logs)
        {
            string time = "";
            bool isKept = false;
            foreach (string line in log)
            {
                if (HasTime(line))
                {
                    time = line[..TimeLength];
                    isKept = filter is null || line.Contains(filter, StringComparison.Ordinal);
                }

                if (isKept || (filter is null && time.Length == 0))
                {
                    lines.Add((time, lines.Count, line));
                }
            }
        }

        return [.. lines.OrderBy(line => line.Time, StringComparer.Ordinal).ThenBy(line => line.Order).Select(line => line.Line).TakeLast(last)];
    }

    private static bool HasTime(string line) => line.Length > TimeLength && char.IsAsciiDigit(line[0]) && line[10] == 'T' && line[TimeLength - 1] == 'Z';
}
