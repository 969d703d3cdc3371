using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Reporting;

/// <summary>The words that the tagger knows: an editable file that comes with NSft. Any thread may use it.</summary>
internal sealed class WordLists
{
    private static readonly Lazy<WordLists> Shared = new(() => new WordLists(Path.Combine(DataFile.Folder, "words.json")));

    private readonly Dictionary<string, string> _verbForms = new(StringComparer.Ordinal);

    private WordLists(string path)
    {
        DataNode root = DataNode.Parse(DataFile.Read(path).Content, path);
        Frame = Set(root, "frame");
        Function = Set(root, "function");
        Determiners = Set(root, "determiners");
        Pronouns = Set(root, "pronouns");
        Prepositions = Set(root, "prepositions");
        Auxiliaries = Set(root, "auxiliaries");
        Helpers = Set(root, "helpers");
        Haves = Set(root, "haves");
        Adjectives = Set(root, "adjectives");
        VerbsOnly = Set(root, "verbsOnly");
        foreach (string verb in root.Texts("verbs"))
        {
            foreach (string form in Forms(verb))
            {
                _verbForms.TryAdd(form, verb);
            }
        }

        foreach ((string form, DataNode verb) in root.Field("irregular").Entries())
        {
            _verbForms[form] = verb.Text();
        }
    }

    /// <summary>The bundled lists.</summary>
    public static WordLists Bundled => Shared.Value;

    /// <summary>Nouns of the frame that every question has, such as "image"; they are not counted.</summary>
    public HashSet<string> Frame { get; }

    /// <summary>Words that carry grammar.</summary>
    public HashSet<string> Function { get; }

    /// <summary>Function words in front of nouns.</summary>
    public HashSet<string> Determiners { get; }

    /// <summary>Function words that stand for nouns.</summary>
    public HashSet<string> Pronouns { get; }

    /// <summary>Function words in front of noun phrases.</summary>
    public HashSet<string> Prepositions { get; }

    /// <summary>Forms of "be".</summary>
    public HashSet<string> Auxiliaries { get; }

    /// <summary>Words that an infinitive follows.</summary>
    public HashSet<string> Helpers { get; }

    /// <summary>Forms of "have".</summary>
    public HashSet<string> Haves { get; }

    /// <summary>Adjectives that their ending does not tell.</summary>
    public HashSet<string> Adjectives { get; }

    /// <summary>Verbs whose base form is no noun.</summary>
    public HashSet<string> VerbsOnly { get; }

    /// <summary>The infinitive of a verb form, or null.</summary>
    public string? VerbOf(string word) => _verbForms.GetValueOrDefault(word);

    private static HashSet<string> Set(DataNode root, string field) => new(root.Texts(field), StringComparer.Ordinal);

    private static IEnumerable<string> Forms(string verb)
    {
        yield return verb;
        yield return NounForm.PluralOf(verb.EndsWith('o') ? verb + "e" : verb);
        string stem = Doubles(verb) ? verb + verb[^1] : verb;
        bool isSilent = verb.EndsWith('e') && !verb.EndsWith("ee", StringComparison.Ordinal);
        yield return (isSilent ? verb[..^1] : stem) + "ing";
        yield return isSilent ? verb + "d" : verb.EndsWith('y') && !IsVowel(verb[^2]) ? verb[..^1] + "ied" : stem + "ed";
    }

    // "sit" doubles its last letter, "eat" and "play" do not; of longer verbs none in the list does.
    private static bool Doubles(string verb) =>
        verb.Length is 3 or 4 && IsVowel(verb[^2]) && !IsVowel(verb[^1]) && !IsVowel(verb[^3]) && verb[^1] is not ('w' or 'x' or 'y');

    private static bool IsVowel(char letter) => "aeiou".Contains(letter, StringComparison.Ordinal);
}
