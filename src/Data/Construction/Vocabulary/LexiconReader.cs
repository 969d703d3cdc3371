using System.Security.Cryptography;

namespace NSft.Data.Construction.Vocabulary;

/// <summary>Reads and checks a lexicon file, or a list of synonyms.</summary>
internal sealed class LexiconReader
{
    private readonly PhraseTable _phrases = new();
    private readonly DataNode _root;

    private LexiconReader(DataNode root) => _root = root;

    /// <summary>Reads a file.</summary>
    /// <exception cref="Collectives.UserInputException">An entry is wrong; the message names file and entry.</exception>
    public static Lexicon Read(string path)
    {
        (byte[] content, string hash) = DataFile.Read(path);
        if (SynonymFile.Recognises(path, content))
        {
            content = SynonymFile.ToLexicon(path, content);
            hash = Convert.ToHexStringLower(SHA256.HashData(content));
        }

        return new Lexicon(new LexiconReader(DataNode.Parse(content, path)).Read(path, hash));
    }

    private LexiconContent Read(string path, string hash)
    {
        _root.Allow(
            "name", "descriptions", "placeSuffix", "numbersAs", "grammar", "numbers", "articleExceptions", "anyObject",
            "categories", "covers", "attributes", "places", "relations", "ignored");
        DataNode grammar = _root.Field("grammar");
        ReadGrammar(grammar);
        LexiconCategory[] categories = [.. _root.Field("categories").Items().Select(ReadCategory)];
        if (categories.Length == 0)
        {
            throw _root.Field("categories").Error("names no category");
        }

        LexiconCategory anyObject = ReadNoun(_root.Field("anyObject"), new Term(TermRole.AnyObject));
        string placeSuffix = _root.Field("placeSuffix").Text();
        ContrastTable places = ReadContrasts(_root.Field("places"), (phrase, index, entry) =>
        {
            Add(phrase, new Term(TermRole.Place, index), entry);
            Add($"{phrase} {placeSuffix}", new Term(TermRole.Place, index), entry);
        });
        return new LexiconContent
        {
            Name = _root.Has("name") ? _root.Field("name").Text() : Path.GetFileNameWithoutExtension(path),
            Hash = hash,
            HasCompleteDescriptions = ReadChoice("descriptions", "complete", "partial"),
            WritesNumbersAsWords = ReadChoice("numbersAs", "words", "digits"),
            PlaceSuffix = placeSuffix,
            Categories = categories,
            AnyObject = anyObject,
            Covers = ReadCovers(categories),
            Attributes = [.. _root.Field("attributes").Items().Select(ReadAttributeGroup)],
            Places = places,
            Relations = ReadContrasts(_root.Field("relations"), (phrase, index, entry) => Add(phrase, new Term(TermRole.Relation, index), entry)),
            Numbers = ReadNumbers(),
            ArticleExceptions = ReadArticleExceptions(),
            YesWords = new HashSet<string>(grammar.Texts("yes"), StringComparer.Ordinal),
            NoWords = new HashSet<string>(grammar.Texts("no"), StringComparer.Ordinal),
            Phrases = _phrases,
        };
    }

    private void ReadGrammar(DataNode grammar)
    {
        (string Field, TermRole Role)[] roles =
        [
            ("articles", TermRole.Article), ("definites", TermRole.Definite), ("vague", TermRole.Vague), ("negations", TermRole.Negation),
            ("copulas", TermRole.Copula), ("joins", TermRole.Join), ("alternatives", TermRole.Alternative), ("openers", TermRole.Opener),
            ("howMany", TermRole.HowMany), ("stopWords", TermRole.Stop),
        ];
        grammar.Allow([.. roles.Select(role => role.Field), "yes", "no"]);
        foreach ((string field, TermRole role) in roles)
        {
            foreach (DataNode phrase in grammar.Field(field).Items())
            {
                Add(phrase.Text(), new Term(role), phrase);
            }
        }

        foreach (string phrase in _root.Texts("ignored"))
        {
            Add(phrase, new Term(TermRole.Ignored), _root.Field("ignored"));
        }
    }

    private LexiconCategory ReadCategory(DataNode node, int index) => ReadNoun(node, new Term(TermRole.Category, index));

    private LexiconCategory ReadNoun(DataNode node, Term term)
    {
        node.Allow("name", "plural", "synonyms", "code", "categories");
        (string name, string plural) = ReadForms(node, term);
        foreach (DataNode synonym in node.Has("synonyms") ? node.Field("synonyms").Items() : [])
        {
            _ = ReadForms(synonym, term);
        }

        return new LexiconCategory(name, plural, node.Has("code") ? node.Field("code").Text() : Lexicon.ExistenceCode);
    }

    private (string Name, string Plural) ReadForms(DataNode node, Term term)
    {
        string name = node.IsText ? node.Text() : node.Field("name").Text();
        string plural = !node.IsText && node.Has("plural") ? node.Field("plural").Text() : NounForm.PluralOf(name);
        Add(name, term with { Form = name == plural ? WordForm.Either : WordForm.Singular }, node);
        if (name != plural)
        {
            Add(plural, term with { Form = WordForm.Plural }, node);
        }

        return (name, plural);
    }

    private List<IReadOnlyList<int>> ReadCovers(LexiconCategory[] categories)
    {
        List<IReadOnlyList<int>> covers = [];
        foreach (DataNode cover in _root.Has("covers") ? _root.Field("covers").Items() : [])
        {
            _ = ReadNoun(cover, new Term(TermRole.Cover, covers.Count));
            covers.Add([.. cover.Field("categories").Items().Select(name => IndexOf(categories, name))]);
        }

        return covers;
    }

    private static int IndexOf(LexiconCategory[] categories, DataNode name)
    {
        string text = name.Text();
        int index = Array.FindIndex(categories, category => category.Name == text);
        return index >= 0 ? index : throw name.Error("is not the name of a category");
    }

    private ContrastTable ReadAttributeGroup(DataNode node, int group)
    {
        _ = node.Field("group").Text();
        return ReadContrasts(node, (phrase, index, entry) => Add(phrase, new Term(TermRole.Attribute, group, index), entry));
    }

    private static ContrastTable ReadContrasts(DataNode node, Action<string, int, DataNode> add)
    {
        node.Allow("group", "exclusive", "values");
        bool isExclusive = node.Field("exclusive").Flag();
        IReadOnlyList<DataNode> values = node.Field("values").Items();
        string[] names = [.. values.Select(value => value.Field("name").Text())];
        HashSet<(int, int)> listed = [];
        for (int index = 0; index < values.Count; index++)
        {
            DataNode value = values[index];
            string pairs = isExclusive ? "compatible" : "opposes";
            value.Allow("name", "synonyms", pairs);
            add(names[index], index, value);
            foreach (string synonym in value.Texts("synonyms"))
            {
                add(synonym, index, value);
            }

            foreach (string other in value.Texts(pairs))
            {
                int position = Array.IndexOf(names, other);
                if (position < 0)
                {
                    throw value.Error($"names '{other}' under '{pairs}', which is not a value of this list");
                }

                listed.Add((Math.Min(index, position), Math.Max(index, position)));
            }
        }

        return new ContrastTable(names, isExclusive, listed);
    }

    private Dictionary<string, int> ReadNumbers()
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        foreach ((string word, DataNode node) in _root.Field("numbers").Entries())
        {
            numbers[word] = node.Number();
            Add(word, new Term(TermRole.Number, numbers[word]), node);
        }

        return numbers;
    }

    private Dictionary<string, string> ReadArticleExceptions()
    {
        Dictionary<string, string> exceptions = new(StringComparer.Ordinal);
        if (_root.Has("articleExceptions"))
        {
            DataNode node = _root.Field("articleExceptions");
            node.Allow("a", "an");
            foreach (string article in new[] { "a", "an" })
            {
                foreach (string word in node.Texts(article))
                {
                    exceptions[word] = article;
                }
            }
        }

        return exceptions;
    }

    private bool ReadChoice(string field, string yes, string no)
    {
        string text = _root.Field(field).Text();
        return text == yes || (text == no ? false : throw _root.Field(field).Error($"is neither '{yes}' nor '{no}'"));
    }

    private void Add(string phrase, Term term, DataNode entry)
    {
        if (!_phrases.Add(phrase, term))
        {
            throw entry.Error($"uses the phrase '{phrase}', which is empty or already has another meaning");
        }
    }
}
