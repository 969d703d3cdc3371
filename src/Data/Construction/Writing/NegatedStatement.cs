using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Writing;

/// <summary>Turns a yes-or-no question into the statement it asks about and its negation: "Is the dog asleep?" into "the dog is not asleep".</summary>
/// <remarks>Where the subject of the question ends is found by rule; a question in which that is not clear gives nothing.</remarks>
internal static class NegatedStatement
{
    private static readonly HashSet<string> Auxiliaries = new(StringComparer.OrdinalIgnoreCase)
    {
        "is", "are", "was", "were", "does", "do", "did", "can", "could", "has", "have", "had", "will", "would", "should",
    };

    private static readonly HashSet<string> Pronouns = new(StringComparer.OrdinalIgnoreCase)
    {
        "this", "that", "it", "he", "she", "they", "there", "these", "those", "you", "we", "anyone", "someone", "everyone", "anybody", "everybody",
    };

    private static readonly HashSet<string> Determiners = new(StringComparer.OrdinalIgnoreCase) { "the", "this", "that", "these", "those", "his", "her", "their", "its", "a", "an", "any", "all", "both" };

    private static readonly HashSet<string> Prepositions = new(StringComparer.OrdinalIgnoreCase)
    {
        "in", "on", "at", "with", "by", "under", "behind", "near", "to", "from", "for", "next", "inside", "outside", "above", "below", "over", "about", "up", "down",
    };

    private static readonly HashSet<string> Stops = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "as", "and", "or", "very", "not", "made", "more", "less", "all", "both", "his", "her", "their", "its", "any", "going", "able", "likely", "being",
        "off", "out", "facing", "of",
    };

    private static readonly HashSet<string> Verbs = new(StringComparer.OrdinalIgnoreCase)
    {
        "have", "look", "appear", "seem", "show", "contain", "wear", "like", "want", "need", "include", "come", "go", "hold", "carry", "sit", "stand", "play", "use", "see",
        "eat", "ride", "belong", "match", "say", "face", "be", "fit", "get", "make", "work", "live", "fly", "feature", "depict", "been",
    };

    /// <summary>Whether a text asks for yes or no.</summary>
    public static bool IsYesNoQuestion(string question) => question.EndsWith('?') && Auxiliaries.Contains(question.Split(' ', 2)[0]);

    /// <summary>The statement and its negation, without a full stop; null when the subject is not clear.</summary>
    public static (string Positive, string Negative)? Of(string question, Lexicon lexicon)
    {
        string[] words = question.TrimEnd('?', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3 || !Auxiliaries.Contains(words[0]) || words.Any(word => word is "or" || word.EndsWith(',')))
        {
            return null;
        }

        bool isBe = words[0].ToLowerInvariant() is "is" or "are" or "was" or "were";
        int end = SubjectEnd(words, isBe, lexicon);
        if (end < 2 || end >= words.Length || (isBe && !IsOnePredicate(words, end, lexicon)))
        {
            return null;
        }

        string auxiliary = words[0].ToLowerInvariant();
        string subject = char.ToLowerInvariant(words[1][0]) + string.Join(' ', words[1..end])[1..];
        string rest = string.Join(' ', words[end..]);
        bool startsAny = rest.StartsWith("any ", StringComparison.OrdinalIgnoreCase);
        string positiveRest = startsAny ? "some " + rest[4..] : rest;
        return ($"{subject} {auxiliary} {positiveRest}", $"{subject} {auxiliary} not {rest}");
    }

    // A pronoun alone, or a noun phrase up to a word that cannot belong to it; behind "is" the last word is always said of the subject.
    private static int SubjectEnd(string[] words, bool isBe, Lexicon lexicon)
    {
        bool isPronoun = Pronouns.Contains(words[1]);
        if (isPronoun && (!Determiners.Contains(words[1]) || Ends(words[2]) || !IsNoun(words, 2, lexicon)))
        {
            return 2;
        }

        if (!Determiners.Contains(words[1]))
        {
            return -1;
        }

        if (!isBe)
        {
            int verb = Array.FindIndex(words, 2, Verbs.Contains);
            return verb < 0 && words.Length == 4 ? 3 : verb > 2 && !words[2..verb].Any(Ends) ? verb : -1;
        }

        int end = 2;
        while (end < words.Length - 1 && (end == 2 || !EndsSubject(words, end, lexicon)))
        {
            end++;
        }

        return end;
    }

    private static bool EndsSubject(string[] words, int position, Lexicon lexicon)
    {
        string word = words[position].ToLowerInvariant();
        if (word == "and")
        {
            return position > 3 || words.Length - position < 3;
        }

        bool isJoined = words[position - 1] == "and";
        return !isJoined && (Ends(word) || IsParticiple(word) || IsProperty(word, lexicon));
    }

    // "on the left taller" is a place of the subject and something said of it: where the one ends is not clear.
    private static bool IsOnePredicate(string[] words, int end, Lexicon lexicon)
    {
        string last = words[^1].ToLowerInvariant();
        bool isPronoun = end == 2;
        return words[end] != "of" && (isPronoun || !Prepositions.Contains(words[end])
            || (words.Length - end <= 5 && !IsParticiple(last) && !last.EndsWith("er", StringComparison.Ordinal) && !IsProperty(last, lexicon)));
    }

    private static bool Ends(string word) => Stops.Contains(word) || Prepositions.Contains(word);

    private static bool IsParticiple(string word) => word.EndsWith("ing", StringComparison.Ordinal) || word.EndsWith("ed", StringComparison.Ordinal);

    // "this book" is a subject of two words, "this red" and "this a" are not.
    private static bool IsNoun(string[] words, int position, Lexicon lexicon) =>
        position < words.Length - 1 && !words[position].EndsWith("ing", StringComparison.Ordinal) && !IsProperty(words[position].ToLowerInvariant(), lexicon);

    private static bool IsProperty(string word, Lexicon lexicon) =>
        lexicon.Content.Phrases.Match(Tokenizer.Tokenize(word + " "), 0) is (1, { Count: > 0 } terms) && terms.Any(term => term.Role == TermRole.Attribute);
}
