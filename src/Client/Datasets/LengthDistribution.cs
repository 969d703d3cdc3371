namespace NSft.Client.Datasets;

/// <summary>Counts lengths, and tells their percentiles exactly.</summary>
internal sealed class LengthDistribution
{
    private readonly SortedDictionary<int, long> _counts = [];
    private long _sum;

    /// <summary>Lengths counted.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean; 0 when there are none.</summary>
    public double Mean => Count == 0 ? 0 : (double)_sum / Count;

    /// <summary>Takes in a length.</summary>
    public void Add(int length)
    {
        _counts[length] = _counts.GetValueOrDefault(length) + 1;
        _sum += length;
        Count++;
    }

    /// <summary>The smallest length that at least this share of all is not above; 0 when there are none.</summary>
    public int Percentile(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long below = 0;
        foreach ((int length, long count) in _counts)
        {
            below += count;
            if (below >= rank)
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>The figures of a report; null when nothing was counted.</summary>
    public LengthFigures? Figures() => Count == 0 ? null : new LengthFigures(
        Count, Mean, Percentile(0), Percentile(0.05), Percentile(0.5), Percentile(0.95), Percentile(0.99), Percentile(1));
}
