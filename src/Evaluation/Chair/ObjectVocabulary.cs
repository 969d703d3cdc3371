using NSft.Collectives;

namespace NSft.Evaluation.Chair;

/// <summary>
/// The kinds of objects an evaluation knows and the words that name them. Finds mentions in a caption.
/// </summary>
/// <remarks>
/// Source: CHAIR (arXiv:1809.02156), utils/chair.py: lower-case words, singular nouns, two-word names before one-word names, "baby" and
/// "adult" before an animal dropped, "passenger" before a vehicle dropped, "toilet seat" a toilet. Differs: the singular of a word is any
/// form that the vocabulary knows, so no part-of-speech model is needed.
/// </remarks>
public sealed class ObjectVocabulary
{
    private static readonly string[] Animals =
        ["bird", "cat", "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe", "animal", "cub"];

    /// <summary>Phrases that name one thing; an empty value names none of the kinds.</summary>
    private static readonly Dictionary<string, string> Compounds = BuildCompounds();

    private readonly Dictionary<string, string> _kindByTerm = new(StringComparer.Ordinal);
    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);
    private readonly int _longestTerm;

    /// <summary>A vocabulary from term lists; the first term of a list is the kind's name, the others mean the same.</summary>
    public ObjectVocabulary(IEnumerable<IReadOnlyList<string>> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        foreach (IReadOnlyList<string> list in terms)
        {
            string kind = Normalise(list[0]);
            _kinds.Add(kind);
            foreach (string term in list)
            {
                _kindByTerm.TryAdd(Normalise(term), kind);
            }
        }

        _longestTerm = _kindByTerm.Keys.Concat(Compounds.Keys).Max(term => term.Count(letter => letter == ' ') + 1);
    }

    /// <summary>Names of the kinds.</summary>
    public IReadOnlySet<string> Kinds => _kinds;

    /// <summary>Reads a CHAIR synonym file: one line a kind, comma separated, its name first.</summary>
    public static ObjectVocabulary ReadSynonyms(string path)
    {
        try
        {
            List<string[]> terms = [.. File.ReadLines(path)
                .Select(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 0)];
            return terms.Count > 0 ? new ObjectVocabulary(terms) : throw new UserInputException($"{path}: holds no synonyms");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: cannot read the synonyms: {error.Message}", error);
        }
    }

    /// <summary>The kind that a word or phrase names; null when it names none.</summary>
    public string? KindOf(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        string normal = Normalise(term);
        if (_kindByTerm.TryGetValue(normal, out string? kind))
        {
            return kind;
        }

        int last = normal.LastIndexOf(' ') + 1;
        foreach (string singular in NounForms.Singulars(normal[last..]))
        {
            if (_kindByTerm.TryGetValue(normal[..last] + singular, out kind))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>The kinds mentioned in a caption, one entry a mention, in reading order.</summary>
    public IReadOnlyList<string> Mentions(string caption) => [.. FindMentions(caption).Select(mention => mention.Kind)];

    /// <summary>The mentions in a caption with their places, in reading order.</summary>
    public IReadOnlyList<ObjectMention> FindMentions(string caption)
    {
        ArgumentNullException.ThrowIfNull(caption);
        List<MentionWord> words = CaptionWords.Split(caption);
        List<ObjectMention> mentions = [];
        bool seesToilet = false;
        for (int index = 0; index < words.Count;)
        {
            (string? kind, int length) = Longest(words, index);
            string first = words[index].Text;
            seesToilet |= kind == "toilet";
            if (kind is not null && !(seesToilet && first is "seat" or "seats"))
            {
                MentionWord last = words[index + length - 1];
                int start = words[index].Start;
                mentions.Add(new ObjectMention(kind, start, last.Start + last.Text.Length - start));
            }

            index += length;
        }

        return mentions;
    }

    private (string? Kind, int Length) Longest(List<MentionWord> words, int start)
    {
        int reach = 1;
        while (reach < _longestTerm && start + reach < words.Count && words[start + reach].JoinsPrevious)
        {
            reach++;
        }

        for (int length = reach; length >= 1; length--)
        {
            string phrase = string.Join(' ', words.Skip(start).Take(length).Select(word => word.Text));
            if (Compounds.TryGetValue(phrase, out string? meaning) && !_kindByTerm.ContainsKey(phrase))
            {
                return (KindOf(meaning), length);
            }

            if (KindOf(phrase) is string kind)
            {
                return (kind, length);
            }
        }

        return (null, 1);
    }

#pragma warning disable CA1308 // captions and synonym lists are lower case by CHAIR's definition
    private static string Normalise(string term) => term.Trim().ToLowerInvariant();
#pragma warning restore CA1308

    private static Dictionary<string, string> BuildCompounds()
    {
        Dictionary<string, string> compounds = new(StringComparer.Ordinal)
        {
            ["bow tie"] = "tie",
            ["toilet seat"] = "toilet",
            ["passenger jet"] = "jet",
            ["passenger train"] = "train",
            ["home plate"] = "",
            ["train track"] = "",
            ["train tracks"] = "",
        };
        foreach (string animal in Animals)
        {
            compounds["baby " + animal] = animal;
            compounds["adult " + animal] = animal;
        }

        return compounds;
    }
}
