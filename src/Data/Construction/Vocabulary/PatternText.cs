namespace NSft.Data.Construction.Vocabulary;

/// <summary>The slots of a short-answer pattern.</summary>
/// <remarks>
/// <c>{answer}</c> is the answer asked about, <c>{true}</c> the true one, <c>{source}</c> the question itself, any other word a group of
/// the question; with a capital first letter it opens a sentence. <c>{an x y}</c> puts an article before x and y where they need one,
/// <c>{a}</c> always. For numbers <c>{counted}</c> is the answer with its noun (group <c>things</c>), <c>{be}</c> is or are.
/// </remarks>
internal static class PatternText
{
    private static readonly string[] Always = ["a", "source"];
    private static readonly string[] ForNumbers = ["counted", "true counted", "be", "Be", "true be"];

    /// <summary>The slots of a text, without braces.</summary>
    public static IEnumerable<string> Slots(string text)
    {
        int open = -1;
        while ((open = text.IndexOf('{', open + 1)) >= 0)
        {
            int close = text.IndexOf('}', open);
            if (close < 0)
            {
                yield break;
            }

            yield return text[(open + 1)..close];
        }
    }

    /// <summary>Whether a slot needs no group of the question.</summary>
    public static bool IsBuiltIn(string slot, bool takesNumbers) => Always.Contains(slot, StringComparer.Ordinal) || (takesNumbers && ForNumbers.Contains(slot, StringComparer.Ordinal));

    /// <summary>Whether a word stands for one of the two answers.</summary>
    public static bool IsAnswer(string word) => word is "answer" or "true";

    /// <summary>The words of a slot that stand for texts.</summary>
    public static IEnumerable<string> Groups(string slot) => slot.Split(' ').Where((word, index) => index > 0 || word != "an").Select(word => char.ToLowerInvariant(word.FirstOrDefault()) + word[Math.Min(1, word.Length)..]);
}
