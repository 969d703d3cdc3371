namespace NSft.Data.Construction.Reporting;

/// <summary>Counts by name, in the order of names.</summary>
internal static class CountTable
{
    /// <summary>No counts.</summary>
    public static IReadOnlyDictionary<string, int> Empty { get; } = New();

    /// <summary>A table to count in.</summary>
    public static SortedDictionary<string, int> New() => new(StringComparer.Ordinal);

    /// <summary>Counts one more.</summary>
    public static void Add(SortedDictionary<string, int> counts, string name, int count = 1) => counts[name] = counts.GetValueOrDefault(name) + count;

    /// <summary>Both tables together.</summary>
    public static IReadOnlyDictionary<string, int> Merge(IReadOnlyDictionary<string, int> first, IReadOnlyDictionary<string, int> second)
    {
        SortedDictionary<string, int> sum = New();
        foreach ((string name, int count) in first.Concat(second))
        {
            Add(sum, name, count);
        }

        return sum;
    }
}
