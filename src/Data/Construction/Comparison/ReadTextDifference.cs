using NSft.Data.Construction.Parsing;

namespace NSft.Data.Construction.Comparison;

/// <summary>Finds the one place where two captions differ in text that is read in the image: "a bottle of Nivea cream", "a bottle of Dove cream".</summary>
/// <remarks>
/// Captions may word the same thing differently, so only names, numbers and quoted words count, in a frame of words that both have.
/// </remarks>
internal static class ReadTextDifference
{
    private const int LongestText = 6;
    private const int LeastCommonWords = 3;
    private const string Quotes = "\"'\u201C\u201D\u2018\u2019";
    private const string Marks = ".,;:!?";

    /// <summary>What each caption reads, or null when they differ otherwise.</summary>
    public static (string True, string Wrong)? Find(string chosen, string rejected, Lexicon lexicon)
    {
        string[] first = Words(chosen);
        string[] second = Words(rejected);
        int shorter = Math.Min(first.Length, second.Length);
        int start = 0;
        while (start < shorter && AreSame(first[start], second[start]))
        {
            start++;
        }

        int end = 0;
        while (end < shorter - start && AreSame(first[^(end + 1)], second[^(end + 1)]))
        {
            end++;
        }

        string[] known = first[start..^end];
        string[] claimed = second[start..^end];
        bool isOneSpot = start > 0 && start + end >= LeastCommonWords && start + end >= known.Length && start + end >= claimed.Length;
        if (!isOneSpot || !IsRead(known) || !IsRead(claimed))
        {
            return null;
        }

        (string truth, string wrong) = (Text(known), Text(claimed));
        bool isElsewhere = chosen.Contains(wrong, StringComparison.OrdinalIgnoreCase);
        return isElsewhere || PlainAnswer.Overlap(PlainAnswer.Words(truth, lexicon), PlainAnswer.Words(wrong, lexicon), isExact: true) ? null : (truth, wrong);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool AreSame(string first, string second) => string.Equals(Bare(first), Bare(second), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string word) => word.Trim([.. Quotes, .. Marks]);

    // Every word a name or a number, or all of it in quotes.
    private static bool IsRead(string[] words)
    {
        bool isQuoted = words.Length > 0 && Quotes.Contains(words[0][0], StringComparison.Ordinal) && Quotes.Contains(words[^1].TrimEnd([.. Marks])[^1..], StringComparison.Ordinal);
        return words.Length is > 0 and <= LongestText
            && (isQuoted || words.All(word => Bare(word) is { Length: > 0 } bare && (char.IsUpper(bare[0]) || char.IsDigit(bare[0]))));
    }

    private static string Text(string[] words) => Bare(string.Join(' ', words));
}
