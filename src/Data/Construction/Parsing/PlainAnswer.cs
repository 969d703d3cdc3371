using System.Globalization;
using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Parsing;

/// <summary>An answer reduced to what it says: no case, no articles, no punctuation, numbers as digits.</summary>
internal static class PlainAnswer
{
    private static readonly HashSet<string> Articles = new(StringComparer.Ordinal) { "a", "an", "the" };

    /// <summary>The words that count.</summary>
    public static List<string> Words(string answer, Lexicon lexicon)
    {
        List<string> words = [];
        foreach (Token token in Tokenizer.Tokenize(answer))
        {
            if (!token.IsMark && !Articles.Contains(token.Text))
            {
                words.Add(Number(token.Text, lexicon) is int number ? number.ToString(CultureInfo.InvariantCulture) : token.Text);
            }
        }

        return words;
    }

    /// <summary>Whether two answers say the same, or one says part of what the other says: then the pair settles nothing.</summary>
    /// <param name="first">Words of an answer.</param>
    /// <param name="second">Words of another answer.</param>
    /// <param name="isExact">Whether singular and plural are different answers.</param>
    public static bool Overlap(List<string> first, List<string> second, bool isExact)
    {
        HashSet<string> one = [.. first.Select(word => isExact ? word : NounForm.SingularOf(word))];
        HashSet<string> other = [.. second.Select(word => isExact ? word : NounForm.SingularOf(word))];
        return one.IsSubsetOf(other) || other.IsSubsetOf(one) || string.Concat(first) == string.Concat(second);
    }

    /// <summary>The number that a word stands for, or null.</summary>
    public static int? Number(string word, Lexicon lexicon)
    {
        string lower = word.ToLowerInvariant();
        if (lexicon.Content.Numbers.TryGetValue(lower, out int number))
        {
            return number;
        }

        return int.TryParse(lower, NumberStyles.None, CultureInfo.InvariantCulture, out int digits) ? digits : null;
    }
}
