using System.Text.RegularExpressions;

namespace NSft.Evaluation.Vqa;

/// <summary>
/// The normalisation of the VQA challenge: lower case, punctuation away, number words to digits, articles dropped, contractions restored.
/// </summary>
/// <remarks>
/// Source: EvalAI answer processor as used for VQAv2 and TextVQA. Differs: the original limits its removal of full stops to 32 by a slip
/// (a flag passed as a count); ours removes all.
/// </remarks>
public static partial class AnswerNormaliser
{
    private const string Punctuation = ";/[]\"{}()=+\\_-><@`?!";

    private static readonly Dictionary<string, string> Numbers = new(StringComparer.Ordinal)
    {
        ["none"] = "0",
        ["zero"] = "0",
        ["one"] = "1",
        ["two"] = "2",
        ["three"] = "3",
        ["four"] = "4",
        ["five"] = "5",
        ["six"] = "6",
        ["seven"] = "7",
        ["eight"] = "8",
        ["nine"] = "9",
        ["ten"] = "10",
    };

    /// <summary>The normal form of an answer.</summary>
    public static string Normalise(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
#pragma warning disable CA1308 // the normal form is lower case by definition
        string text = answer.ToLowerInvariant();
#pragma warning restore CA1308
        text = text.Replace('\n', ' ').Replace('\t', ' ').Replace('\r', ' ').Trim();
        text = RemovePunctuation(text);
        IEnumerable<string> words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Numbers.GetValueOrDefault(word, word))
            .Where(word => word is not ("a" or "an" or "the"))
            .Select(AnswerContractions.Restore);
        return string.Join(' ', words);
    }

    private static string RemovePunctuation(string text)
    {
        bool hasGroupedDigits = GroupedDigits().IsMatch(text);
        string result = text.Replace(",", "", StringComparison.Ordinal).Replace("?", "", StringComparison.Ordinal)
            .Replace("'s", " 's", StringComparison.Ordinal);
        foreach (char mark in Punctuation)
        {
            bool touchesSpace = result.Contains($"{mark} ", StringComparison.Ordinal) || result.Contains($" {mark}", StringComparison.Ordinal);
            result = result.Replace(mark.ToString(), touchesSpace || hasGroupedDigits ? "" : " ", StringComparison.Ordinal);
        }

        return LoneFullStop().Replace(result, "");
    }

    [GeneratedRegex(@"\d,\d")]
    private static partial Regex GroupedDigits();

    [GeneratedRegex(@"\.(?!\d)")]
    private static partial Regex LoneFullStop();
}
