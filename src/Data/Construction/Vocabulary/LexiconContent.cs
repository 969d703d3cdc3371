namespace NSft.Data.Construction.Vocabulary;

/// <summary>What a lexicon file says, checked.</summary>
internal sealed record LexiconContent
{
    /// <summary>The lexicon's own name.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the file.</summary>
    public required string Hash { get; init; }

    /// <summary>Whether a description names everything there is to see.</summary>
    public required bool HasCompleteDescriptions { get; init; }

    /// <summary>Whether numbers are written as words.</summary>
    public required bool WritesNumbersAsWords { get; init; }

    /// <summary>What follows a place in a question, such as "of the image".</summary>
    public required string PlaceSuffix { get; init; }

    /// <summary>Kinds of objects.</summary>
    public required IReadOnlyList<LexiconCategory> Categories { get; init; }

    /// <summary>The noun for any object.</summary>
    public required LexiconCategory AnyObject { get; init; }

    /// <summary>Categories below each cover word.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Covers { get; init; }

    /// <summary>Attribute groups.</summary>
    public required IReadOnlyList<ContrastTable> Attributes { get; init; }

    /// <summary>Places in the image.</summary>
    public required ContrastTable Places { get; init; }

    /// <summary>Relations between objects.</summary>
    public required ContrastTable Relations { get; init; }

    /// <summary>Number words.</summary>
    public required IReadOnlyDictionary<string, int> Numbers { get; init; }

    /// <summary>Words whose article does not follow from their first letter.</summary>
    public required IReadOnlyDictionary<string, string> ArticleExceptions { get; init; }

    /// <summary>Words that answer yes.</summary>
    public required IReadOnlySet<string> YesWords { get; init; }

    /// <summary>Words that answer no.</summary>
    public required IReadOnlySet<string> NoWords { get; init; }

    /// <summary>All phrases.</summary>
    public required PhraseTable Phrases { get; init; }
}
