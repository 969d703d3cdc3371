using System.Text.RegularExpressions;
using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Comparison;

/// <summary>Takes from short answers what only repeats the question, so that the rest fits into a sentence.</summary>
internal sealed class ShortAnswerText(Lexicon lexicon, ShortAnswerPatterns patterns)
{
    private const string Closing = ".!?,;: \"'\u201D\u2019";
    private const string Opening = " \"'\u201C\u2018";

    private static readonly HashSet<string> Small = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "in", "on", "at", "to", "from", "with", "by", "under", "behind", "near", "next", "inside", "outside", "above", "below", "over", "his", "her", "their",
        "its", "it", "this", "that", "some", "two", "three", "four", "five", "six", "left", "right", "top", "bottom", "no", "yes", "not",
    };

    private static readonly HashSet<string> Verbs = new(StringComparer.OrdinalIgnoreCase) { "is", "are", "was", "were", "says", "reads" };

    /// <summary>Both answers without what they begin with in common up to a verb, without leads and marks at the ends.</summary>
    public (string Chosen, string Rejected) Clean(string chosen, string rejected)
    {
        (chosen, rejected) = (Trim(chosen), Trim(rejected));
        int common = CommonOpening(chosen, rejected);
        return (Trim(WithoutLead(chosen[common..])), Trim(WithoutLead(rejected[common..])));
    }

    /// <summary>An answer as it stands inside a sentence.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="pattern">The pattern it goes into.</param>
    /// <param name="groups">What the pattern found in the question.</param>
    public string Fit(string answer, ShortAnswerPattern pattern, GroupCollection groups)
    {
        if (pattern.Strip?.Match(answer) is { Success: true, Index: > 0 } ending)
        {
            answer = answer[..ending.Index];
        }

        string act = groups["act"].Value;
        if (act.Length > 0 && answer.StartsWith(act + " ", StringComparison.OrdinalIgnoreCase))
        {
            answer = answer[(act.Length + 1)..];
        }

        return pattern.IsExact || !BeginsSmall(answer, pattern.IsLower) ? answer : char.ToLowerInvariant(answer[0]) + answer[1..];
    }

    private bool BeginsSmall(string answer, bool isLower)
    {
        string word = answer.Split(' ', 2)[0];
        if (word.Length == 0 || !char.IsUpper(word[0]) || word.Skip(1).Any(char.IsUpper))
        {
            return false;
        }

        return isLower || Small.Contains(word) || word.EndsWith("ing", StringComparison.Ordinal) || IsKnown(word);
    }

    private bool IsKnown(string word) => Tokenizer.Tokenize(word) is { Count: > 0 } tokens && lexicon.Content.Phrases.Match(tokens, 0).Length > 0;

    private string WithoutLead(string answer)
    {
        foreach (Regex lead in patterns.Leads)
        {
            if (lead.Match(answer) is { Success: true } match && match.Length < answer.Length)
            {
                return answer[match.Length..];
            }
        }

        return answer;
    }

    private static int CommonOpening(string first, string second)
    {
        int common = 0;
        int start = 0;
        while (first.IndexOf(' ', start) is int end and >= 0 && end < second.Length && first.AsSpan(0, end + 1).Equals(second.AsSpan(0, end + 1), StringComparison.OrdinalIgnoreCase))
        {
            common = Verbs.Contains(first[start..end]) ? end + 1 : common;
            start = end + 1;
        }

        return common;
    }

    private static string Trim(string text) => text.Trim().TrimEnd([.. Closing]).TrimStart([.. Opening]);
}
