using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Parsing;

/// <summary>What a text says about an image, in the words of the lexicon.</summary>
internal sealed class Statement
{
    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Objects said to be there.</summary>
    public List<Mention> Present { get; } = [];

    /// <summary>Objects said not to be there.</summary>
    public List<Mention> Absent { get; } = [];

    /// <summary>Categories that a broader word ("fruit") leaves open.</summary>
    public HashSet<int> Covered { get; } = [];

    /// <summary>All properties met, whatever they belong to.</summary>
    public List<AttributeValue> AllAttributes { get; } = [];

    /// <summary>The last place met, or -1.</summary>
    public int AnyPlace { get; set; } = -1;

    /// <summary>The first number met.</summary>
    public int? FirstNumber { get; set; }

    /// <summary>The number of all objects.</summary>
    public int? Total { get; set; }

    /// <summary>Whether it speaks of objects in general.</summary>
    public bool SpeaksOfAnyObject { get; set; }

    /// <summary>Whether it asks "how many".</summary>
    public bool AsksCount { get; set; }

    /// <summary>Whether it opens with "is there".</summary>
    public bool AsksExistence { get; set; }

    /// <summary>Whether it opens with "is".</summary>
    public bool OpensWithCopula { get; set; }

    /// <summary>How many words the lexicon does not know.</summary>
    public int UnknownWordCount { get; set; }

    /// <summary>Whether it is an account of the whole image and not an answer about one thing.</summary>
    public bool IsDescription { get; set; }

    /// <summary>The words that speak of an object.</summary>
    public string Span(Mention mention) => Text[mention.Start..mention.End];

    /// <summary>Objects of a category that are said to be there.</summary>
    public IEnumerable<Mention> Of(int category) => Present.Where(mention => mention.Category == category);
}
