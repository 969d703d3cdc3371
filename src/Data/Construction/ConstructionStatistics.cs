using NSft.Data.Construction.Parsing;

namespace NSft.Data.Construction;

/// <summary>What the whole set says beyond a single pair; gathered once, so that blocks can be built anywhere.</summary>
/// <param name="ImageCount">Images with a description.</param>
/// <param name="PresentCounts">In how many of them each category is named by a chosen answer.</param>
/// <param name="TogetherCounts">In how many of them two categories are: row by row, categories squared.</param>
/// <param name="References">True answers of all rows of those images that have several rows.</param>
public sealed record ConstructionStatistics(
    int ImageCount,
    IReadOnlyList<int> PresentCounts,
    IReadOnlyList<int> TogetherCounts,
    IReadOnlyDictionary<string, IReadOnlyList<ReferenceAnswer>> References)
{
    /// <summary>Gathers the statistics of a set from its chosen answers.</summary>
    /// <param name="pairs">The whole set.</param>
    /// <param name="lexicon">The words.</param>
    public static ConstructionStatistics Gather(IReadOnlyList<PreferencePair> pairs, Lexicon lexicon)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(lexicon);
        AnswerParser parser = new(lexicon);
        int count = lexicon.CategoryNames.Count;
        int[] present = new int[count];
        int[] together = new int[count * count];
        int imageCount = 0;
        Dictionary<string, IReadOnlyList<ReferenceAnswer>> references = new(StringComparer.Ordinal);
        foreach (IGrouping<string, PreferencePair> image in pairs.GroupBy(pair => pair.Image, StringComparer.Ordinal))
        {
            PreferencePair[] rows = [.. image];
            Statement[] statements = [.. rows.Select(row => parser.Parse(row.Question, row.Chosen))];
            if (rows.Length > 1)
            {
                references[image.Key] = [.. rows.Select(row => new ReferenceAnswer(row.Id, row.Question, row.Chosen))];
            }

            if (statements.Any(statement => statement.IsDescription))
            {
                imageCount++;
                Add(statements, present, together);
            }
        }

        return new ConstructionStatistics(imageCount, present, together, references);
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

    /// <summary>In how many images both categories are.</summary>
    internal int Together(int first, int second) => TogetherCounts[(first * PresentCounts.Count) + second];

    /// <summary>How much more often a category goes with another than by chance, in standard deviations.</summary>
    internal double Affinity(int category, int other)
    {
        double expected = ImageCount == 0 ? 0 : (double)PresentCounts[category] * PresentCounts[other] / ImageCount;
        return (Together(category, other) - expected) / Math.Sqrt(expected + 1);
    }

    private static void Add(Statement[] statements, int[] present, int[] together)
    {
        int[] categories = [.. statements.SelectMany(statement => statement.Present).Select(mention => mention.Category).Distinct()];
        foreach (int category in categories)
        {
            present[category]++;
            foreach (int other in categories)
            {
                together[(category * present.Length) + other] += category == other ? 0 : 1;
            }
        }
    }
}
