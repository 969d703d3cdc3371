using System.Globalization;

namespace NSft.Data.Construction.Vocabulary;

/// <summary>Finds the longest phrase of the lexicon at a place of a text.</summary>
internal sealed class PhraseTable
{
    private const int LargestNumber = 10_000;

    private readonly Dictionary<string, List<Phrase>> _byFirstWord = new(StringComparer.Ordinal);

    /// <summary>Adds a meaning of a phrase.</summary>
    /// <returns>False when the phrase already has another meaning of the same role.</returns>
    public bool Add(string text, Term term)
    {
        string[] words = [.. Tokenizer.Tokenize(text).Select(token => token.Text)];
        if (words.Length == 0)
        {
            return false;
        }

        if (!_byFirstWord.TryGetValue(words[0], out List<Phrase>? phrases))
        {
            _byFirstWord[words[0]] = phrases = [];
        }

        Phrase? known = phrases.Find(phrase => phrase.Words.AsSpan().SequenceEqual(words));
        if (known is null)
        {
            phrases.Add(new Phrase(words, [term]));
            phrases.Sort((first, second) => second.Words.Length.CompareTo(first.Words.Length));
            return true;
        }

        int same = known.Terms.FindIndex(other => other.Role == term.Role);
        if (same < 0)
        {
            // A word that means something ("on", a relation) is no longer only the end of a phrase.
            known.Terms.RemoveAll(other => other.Role == TermRole.Stop);
            known.Terms.Add(term);
            return true;
        }

        return known.Terms[same].Index == term.Index && known.Terms[same].Value == term.Value;
    }

    /// <summary>The longest phrase that starts at a token.</summary>
    /// <returns>How many tokens it takes, and its meanings; zero and none when no phrase starts there.</returns>
    public (int Length, IReadOnlyList<Term> Terms) Match(List<Token> tokens, int position)
    {
        if (_byFirstWord.TryGetValue(tokens[position].Text, out List<Phrase>? phrases))
        {
            foreach (Phrase phrase in phrases)
            {
                if (Fits(phrase.Words, tokens, position))
                {
                    return (phrase.Words.Length, phrase.Terms);
                }
            }
        }

        return int.TryParse(tokens[position].Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= LargestNumber
            ? (1, [new Term(TermRole.Number, number)])
            : (0, []);
    }

    private static bool Fits(string[] words, List<Token> tokens, int position)
    {
        if (position + words.Length > tokens.Count)
        {
            return false;
        }

        for (int index = 1; index < words.Length; index++)
        {
            if (tokens[position + index].Text != words[index])
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Phrase(string[] Words, List<Term> Terms);
}
