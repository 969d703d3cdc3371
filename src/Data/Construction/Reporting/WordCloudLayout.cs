namespace NSft.Data.Construction.Reporting;

/// <summary>Places words in a box, the more frequent the larger and nearer to the middle, none over another. Same words, same picture.</summary>
internal static class WordCloudLayout
{
    private const double SmallestSize = 11;
    private const double LargestSize = 58;
    private const double Margin = 3;
    private const double SpiralStep = 0.35;
    private const double SpiralGrowth = 2.2;
    private const double Shrinkage = 0.9;

    /// <summary>The words with their places.</summary>
    /// <param name="words">Words to place.</param>
    /// <param name="width">Width of the box in pixels.</param>
    /// <param name="height">Height of the box in pixels.</param>
    /// <returns>All words in order of frequency, unless the box is too small to read them: then the most frequent ones.</returns>
    public static IReadOnlyList<PlacedWord> Place(IEnumerable<(WordCount Word, WordClass Class)> words, double width, double height)
    {
        List<(WordCount Word, WordClass Class)> ranked = [.. words.OrderByDescending(word => word.Word.Count).ThenBy(word => word.Word.Word, StringComparer.Ordinal).ThenBy(word => word.Class)];
        while (ranked.Count > 0)
        {
            for (double largest = LargestSize; largest >= SmallestSize; largest *= Shrinkage)
            {
                if (TryPlace(ranked, width, height, largest) is List<PlacedWord> placed)
                {
                    return placed;
                }
            }

            ranked.RemoveRange(ranked.Count - Math.Max(1, ranked.Count / 10), Math.Max(1, ranked.Count / 10));
        }

        return [];
    }

    private static List<PlacedWord>? TryPlace(List<(WordCount Word, WordClass Class)> words, double width, double height, double largest)
    {
        List<PlacedWord> placed = [];
        double most = Math.Sqrt(words[0].Word.Count);
        foreach ((WordCount word, WordClass wordClass) in words)
        {
            double size = SmallestSize + ((largest - SmallestSize) * Math.Sqrt(word.Count) / most);
            PlacedWord shape = new(word.Word, word.Count, wordClass, 0, 0, TextWidth.Of(word.Word) * size, size);
            if (FindPlace(shape, placed, width, height) is not PlacedWord found)
            {
                return null;
            }

            placed.Add(found);
        }

        return placed;
    }

    // Along a spiral from the middle, flattened to the shape of the box.
    private static PlacedWord? FindPlace(PlacedWord shape, List<PlacedWord> placed, double width, double height)
    {
        double reach = Math.Sqrt((width * width) + (height * height));
        for (double angle = 0; angle * SpiralGrowth < reach; angle += SpiralStep / Math.Max(1, angle / 8))
        {
            double radius = angle * SpiralGrowth;
            double left = (width / 2) + (radius * Math.Cos(angle)) - (shape.Width / 2);
            double top = (height / 2) + (radius * Math.Sin(angle) * height / width) - (shape.Size / 2);
            PlacedWord candidate = shape with { Left = left, Top = top };
            bool isInside = left >= 0 && top >= 0 && left + shape.Width <= width && top + shape.Size <= height;
            if (isInside && !placed.Exists(other => other.Touches(candidate, Margin)))
            {
                return candidate;
            }
        }

        return null;
    }
}
