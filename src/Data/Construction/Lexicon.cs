using System.Globalization;
using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction;

/// <summary>The words of a world: kinds of objects, properties, places, relations, and how they are written.</summary>
/// <remarks>An editable JSON file; those that come with NSft are <c>scenes</c> and <c>coco</c>. Any thread may use it.</remarks>
public sealed class Lexicon
{
    /// <summary>Name of the lexicon that is used when none is asked for.</summary>
    public const string Default = "scenes";

    /// <summary>The codebook entry of ordinary objects.</summary>
    internal const string ExistenceCode = "existence";

    internal Lexicon(LexiconContent content)
    {
        Content = content;
        CategoryNames = [.. content.Categories.Select(category => category.Name)];
        NumberWords = content.Numbers.GroupBy(pair => pair.Value).ToDictionary(group => group.Key, group => group.First().Key);
    }

    /// <summary>The lexicon's own name.</summary>
    public string Name => Content.Name;

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public string Hash => Content.Hash;

    /// <summary>Names of all categories in file order.</summary>
    public IReadOnlyList<string> CategoryNames { get; }

    /// <summary>What the file says.</summary>
    internal LexiconContent Content { get; }

    private Dictionary<int, string> NumberWords { get; }

    /// <summary>Reads a lexicon.</summary>
    /// <param name="nameOrPath">
    /// Name of a bundled lexicon (<c>scenes</c>, <c>coco</c>), the path of a lexicon file, or the path of a list of synonyms with one
    /// category a line ("person, man, woman").
    /// </param>
    /// <exception cref="Collectives.UserInputException">There is no such file, or an entry of it is wrong; the message names file and entry or line.</exception>
    public static Lexicon Load(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        return LexiconReader.Read(DataFile.Find(nameOrPath, Path.Combine(DataFile.Folder, "lexicons")));
    }

    /// <summary>A noun for one or for several.</summary>
    internal string Noun(int category, bool isPlural)
    {
        LexiconCategory entry = category < 0 ? Content.AnyObject : Content.Categories[category];
        return isPlural ? entry.Plural : entry.Name;
    }

    /// <summary>A number as this world writes it.</summary>
    internal string Number(int number) => Content.WritesNumbersAsWords && NumberWords.TryGetValue(number, out string? word)
        ? word
        : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The indefinite article of a phrase.</summary>
    internal string Article(string phrase)
    {
        string word = phrase.Split(' ', 2)[0];
        if (Content.ArticleExceptions.TryGetValue(word, out string? article))
        {
            return article;
        }

        return word.Length > 0 && "aeiou".Contains(char.ToLowerInvariant(word[0]), StringComparison.Ordinal) ? "an" : "a";
    }

    /// <summary>Whether two values of an attribute group contradict each other.</summary>
    internal bool Contradict(AttributeValue first, AttributeValue second) =>
        first.Group == second.Group && Content.Attributes[first.Group].Contradict(first.Value, second.Value);

    /// <summary>The word for a property.</summary>
    internal string AttributeName(AttributeValue value) => Content.Attributes[value.Group].Names[value.Value];
}
