using System.Text.RegularExpressions;

namespace NSft.Data.Construction.Language;

/// <summary>Words by which a turn gives away that it was written from texts and not from the image, and tokens that no training text may hold.</summary>
internal static partial class LeakageWords
{
    /// <summary>The first such word of a turn that the pair's own texts do not use: a "reference book" is nothing to hide.</summary>
    public static string? Find(string text, PreferencePair pair)
    {
        foreach (Match match in Words().Matches(text))
        {
            bool isOfPair = Contains(pair.Question, match.Value) || Contains(pair.Chosen, match.Value) || Contains(pair.Rejected, match.Value);
            if (!isOfPair)
            {
                return match.Value;
            }
        }

        return null;
    }

    /// <summary>The first token of a conversation template, or null.</summary>
    public static string? FindToken(string text) => Tokens().Match(text) is { Success: true } match ? match.Value : null;

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\b(?:references?|responses?|captions?|codebook|ground[ -]truth|(?:the|this|that|given) (?:description|text) (?:say|says|state|states|mention|mentions)|(?:according to|in|by) the (?:description|text)s?|description says)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Words();

    [GeneratedRegex(@"<\|?/?(?:image|video|s|unk|pad|bos|eos|im_start|im_end|im_patch|endoftext|start_header_id|end_header_id|eot_id|begin_of_text)\|?>|\[/?INST\]|<</?SYS>>|\b(?:USER|ASSISTANT|HUMAN|SYSTEM):|#{3}", RegexOptions.None)]
    private static partial Regex Tokens();
}
