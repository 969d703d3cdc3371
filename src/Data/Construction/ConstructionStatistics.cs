using NSft.Data.Construction.Parsing;

namespace NSft.Data.Construction;

/// <summary>What the whole set says beyond a single pair; gathered once, so that blocks can be built anywhere.</summary>
/// <remarks>
/// Counts do not grow with the set. References are text: a set that does not fit into memory is gathered as a stream with
/// <see cref="Gather(IEnumerable{PreferencePair}, Lexicon, ImageRows)"/>, and each block gets the references of its own images by
/// <see cref="WithReferences"/>, from the rows that <see cref="ImageRows.ReferenceRows"/> names. Both ways give the same conversations.
/// </remarks>
/// <param name="ImageCount">Images with a description.</param>
/// <param name="PresentCounts">In how many of them each category is named by a chosen answer.</param>
/// <param name="TogetherCounts">In how many of them two categories are: row by row, categories squared.</param>
/// <param name="References">True answers of the first rows of those images that have several rows.</param>
public sealed record ConstructionStatistics(
    int ImageCount,
    IReadOnlyList<int> PresentCounts,
    IReadOnlyList<int> TogetherCounts,
    IReadOnlyDictionary<string, IReadOnlyList<ReferenceAnswer>> References)
{
    /// <summary>Gathers the statistics of a set in memory, with all references.</summary>
    /// <param name="pairs">The whole set.</param>
    /// <param name="lexicon">The words.</param>
    public static ConstructionStatistics Gather(IReadOnlyList<PreferencePair> pairs, Lexicon lexicon)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ImageRows rows = ImageRows.Of(pairs.Select(pair => pair.Image));
        return Gather(pairs, lexicon, rows).WithReferences(rows.ReferenceRows(0, pairs.Count).Select(row => pairs[row]));
    }

    /// <summary>Gathers the statistics of a set of any length, without references.</summary>
    /// <param name="pairs">The whole set; enumerated once, no row is kept.</param>
    /// <param name="lexicon">The words.</param>
    /// <param name="rows">Which rows show the same image, of the same pairs in the same order.</param>
    public static ConstructionStatistics Gather(IEnumerable<PreferencePair> pairs, Lexicon lexicon, ImageRows rows)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(lexicon);
        ArgumentNullException.ThrowIfNull(rows);
        AnswerParser parser = new(lexicon);
        CategoryCounter counter = new(lexicon.CategoryNames.Count, rows);
        foreach (PreferencePair pair in pairs)
        {
            counter.Add(parser.Parse(pair.Question, pair.Chosen));
        }

        return counter.Finish();
    }

    /// <summary>The same statistics with the references of a block's images only: what travels with the block.</summary>
    public ConstructionStatistics For(IEnumerable<PreferencePair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        Dictionary<string, IReadOnlyList<ReferenceAnswer>> kept = new(StringComparer.Ordinal);
        foreach (PreferencePair pair in pairs)
        {
            if (References.TryGetValue(pair.Image, out IReadOnlyList<ReferenceAnswer>? answers))
            {
                kept[pair.Image] = answers;
            }
        }

        return this with { References = kept };
    }

    /// <summary>The same statistics with other references.</summary>
    /// <param name="rows">The rows that <see cref="ImageRows.ReferenceRows"/> names, in order.</param>
    public ConstructionStatistics WithReferences(IEnumerable<PreferencePair> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Dictionary<string, IReadOnlyList<ReferenceAnswer>> references = new(StringComparer.Ordinal);
        foreach (IGrouping<string, PreferencePair> image in rows.GroupBy(row => row.Image, StringComparer.Ordinal))
        {
            references[image.Key] = [.. image.Select(row => new ReferenceAnswer(row.Id, row.Question, row.Chosen))];
        }

        return this with { References = references };
    }

    /// <summary>In how many images both categories are.</summary>
    internal int Together(int first, int second) => TogetherCounts[(first * PresentCounts.Count) + second];

    /// <summary>How much more often a category goes with another than by chance, in standard deviations.</summary>
    internal double Affinity(int category, int other)
    {
        double expected = ImageCount == 0 ? 0 : (double)PresentCounts[category] * PresentCounts[other] / ImageCount;
        return (Together(category, other) - expected) / Math.Sqrt(expected + 1);
    }
}
