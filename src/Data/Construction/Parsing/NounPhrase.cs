using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Parsing;

/// <summary>The words gathered in front of a noun that has not come yet.</summary>
internal sealed class NounPhrase
{
    // An unknown word may stand between ("a red wooden chair"); after more, what came before belongs to something else.
    private const int WidestGap = 1;

    private int _gap;

    /// <summary>Properties so far.</summary>
    public List<AttributeValue> Attributes { get; } = [];

    /// <summary>Number so far.</summary>
    public int? Number { get; private set; }

    /// <summary>"a", "the", "several", or null.</summary>
    public TermRole? Article { get; private set; }

    /// <summary>Whether "no" or "not" stands before it.</summary>
    public bool IsNegated { get; private set; }

    /// <summary>Whether "how many" stands before it.</summary>
    public bool IsCountAsked { get; private set; }

    /// <summary>Offset where it begins, or -1.</summary>
    public int Start { get; private set; } = -1;

    /// <summary>Whether the last word was a property.</summary>
    public bool EndsWithAttribute { get; private set; }

    /// <summary>Whether the last word joined two properties.</summary>
    private bool EndsWithJoin { get; set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Attributes.Clear();
        Number = null;
        Article = null;
        IsNegated = false;
        IsCountAsked = false;
        Start = -1;
        EndsWithAttribute = false;
        EndsWithJoin = false;
        _gap = 0;
    }

    /// <summary>An article: what came before belongs to another phrase, but a negation goes on ("not a dog").</summary>
    public void AddArticle(TermRole article, int start)
    {
        (bool isNegated, int negationStart) = (IsNegated, Start);
        Clear();
        Article = article;
        IsNegated = isNegated;
        Start = isNegated ? negationStart : start;
    }

    /// <summary>A number.</summary>
    public void AddNumber(int number, int start)
    {
        if (Article is not TermRole.Definite and not TermRole.Article)
        {
            AddArticle(TermRole.Vague, start);
        }

        Number = number;
        Touch(start);
    }

    /// <summary>A negation.</summary>
    public void AddNegation(int start)
    {
        Clear();
        IsNegated = true;
        Touch(start);
    }

    /// <summary>"how many".</summary>
    public void AddCountQuestion(int start)
    {
        Clear();
        IsCountAsked = true;
        Touch(start);
    }

    /// <summary>A property; of two that exclude each other and are not joined, the nearer to the noun counts.</summary>
    public void AddAttribute(AttributeValue value, int start, bool replacesGroup)
    {
        if (replacesGroup && !EndsWithJoin)
        {
            Attributes.RemoveAll(other => other.Group == value.Group);
        }

        if (!Attributes.Contains(value))
        {
            Attributes.Add(value);
        }

        Touch(start);
        EndsWithAttribute = true;
    }

    /// <summary>"and" between properties.</summary>
    public void AddJoin()
    {
        EndsWithJoin = true;
        EndsWithAttribute = false;
    }

    /// <summary>A word that the lexicon does not know.</summary>
    /// <returns>Whether the phrase is still open.</returns>
    public bool AddUnknown()
    {
        _gap++;
        EndsWithAttribute = false;
        return _gap <= WidestGap;
    }

    private void Touch(int start)
    {
        _gap = 0;
        EndsWithAttribute = false;
        EndsWithJoin = false;
        if (Start < 0)
        {
            Start = start;
        }
    }
}
