namespace NSft.Data.Preferences;

/// <summary>Counts what became of prompts while pairs are made of them. One thread at a time.</summary>
public sealed class PairTally
{
    private readonly SortedDictionary<string, int> _dropped = new(StringComparer.Ordinal);

    /// <summary>Prompts that were looked at.</summary>
    public int PromptCount { get; internal set; }

    /// <summary>Prompts that gave at least one pair.</summary>
    public int PromptsWithPairs { get; internal set; }

    /// <summary>Pairs that were made.</summary>
    public int PairCount { get; internal set; }

    /// <summary>Answers and prompts that gave no pair, by reason.</summary>
    public IReadOnlyDictionary<string, int> Dropped => _dropped;

    /// <summary>Counts something that gave no pair.</summary>
    internal void Drop(string reason) => _dropped[reason] = _dropped.GetValueOrDefault(reason) + 1;

    /// <summary>Counts a prompt with its pairs.</summary>
    internal void Add(int pairs)
    {
        PromptCount++;
        PairCount += pairs;
        PromptsWithPairs += pairs > 0 ? 1 : 0;
    }
}
