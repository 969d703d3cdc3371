namespace NSft.Client.Datasets;

/// <summary>Counts texts and tells the most frequent; when too many differ, the rare ones are forgotten.</summary>
/// <param name="capacity">Most different texts to remember.</param>
internal sealed class FrequentTexts(int capacity)
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Whether every count is exact: no text had to be forgotten.</summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>Takes in a text.</summary>
    public void Add(string text)
    {
        _counts[text] = _counts.GetValueOrDefault(text) + 1;
        long floor = 1;
        while (_counts.Count > capacity)
        {
            IsExact = false;
            foreach (string rare in _counts.Where(item => item.Value <= floor).Select(item => item.Key).ToArray())
            {
                _counts.Remove(rare);
            }

            floor *= 2;
        }
    }

    /// <summary>The most frequent, ties in alphabetical order.</summary>
    public IReadOnlyList<(string Text, long Count)> Top(int most) =>
    [
        .. _counts.OrderByDescending(item => item.Value).ThenBy(item => item.Key, StringComparer.Ordinal).Take(most).Select(item => (item.Key, item.Value)),
    ];
}
