namespace NSft.Evaluation.Pope;

/// <summary>Turns a free answer into yes or no. Source: POPE (arXiv:2305.10355), evaluate.py, as LLaVA's eval_pope.py uses it.</summary>
public static class PopeAnswerParser
{
    private static readonly char[] Separators = [' ', '\t', '\n', '\r', '.', ',', ';', ':', '!', '?', '"'];

    /// <summary>True when the answer counts as yes.</summary>
    public static bool IsYes(string answer, PopeParseRule rule = PopeParseRule.Official)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return rule switch
        {
            PopeParseRule.Prefix => answer.AsSpan().TrimStart().StartsWith("yes", StringComparison.OrdinalIgnoreCase),
            _ => !FirstSentenceWords(answer).Any(word => word is "No" or "not" or "no"),
        };
    }

    /// <summary>True when the answer holds neither a yes nor a no; such answers still count as <see cref="IsYes"/> says.</summary>
    public static bool IsUnparsable(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return !answer.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Any(word =>
            word.Equals("yes", StringComparison.OrdinalIgnoreCase)
            || word.Equals("no", StringComparison.OrdinalIgnoreCase)
            || word.Equals("not", StringComparison.OrdinalIgnoreCase));
    }

    private static string[] FirstSentenceWords(string answer)
    {
        int stop = answer.IndexOf('.', StringComparison.Ordinal);
        string sentence = stop < 0 ? answer : answer[..stop];
        return sentence.Replace(",", "", StringComparison.Ordinal).Split(' ');
    }
}
