namespace NSft.Client.Clusters;

/// <summary>Log lines of silos in the order of their times. Pure.</summary>
internal static class ClusterLogs
{
    private const int TimeLength = 24;
    private const string JsonStart = "{\"time\":\"";

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
                if (TimeOf(line) is string begin)
                {
                    time = begin;
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

    /// <returns>The time of a line of text or JSON; null when it has none.</returns>
    private static string? TimeOf(string line)
    {
        string rest = line.StartsWith(JsonStart, StringComparison.Ordinal) ? line[JsonStart.Length..] : line;
        return rest.Length > TimeLength && char.IsAsciiDigit(rest[0]) && rest[10] == 'T' && rest[TimeLength - 1] == 'Z' ? rest[..TimeLength] : null;
    }
}
