namespace NSft.Data.Construction.Vocabulary;

/// <summary>Named values (of an attribute group, places, relations) and which of them cannot hold together.</summary>
/// <param name="names">The values as they are written in answers.</param>
/// <param name="isExclusive">Whether two different values contradict each other unless listed; otherwise only if listed.</param>
/// <param name="listed">Pairs of values, smaller index first: exceptions of an exclusive table, contradictions of another.</param>
internal sealed class ContrastTable(IReadOnlyList<string> names, bool isExclusive, IReadOnlySet<(int First, int Second)> listed)
{
    /// <summary>The values as they are written in answers.</summary>
    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>Whether one value says that the other is wrong.</summary>
    public bool Contradict(int first, int second) =>
        first != second && listed.Contains((Math.Min(first, second), Math.Max(first, second))) != isExclusive;
}
