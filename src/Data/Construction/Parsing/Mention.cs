using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Parsing;

/// <summary>An object that a text speaks of. The parser fills it in; afterwards nobody changes it.</summary>
/// <param name="category">Which category.</param>
internal sealed class Mention(int category)
{
    /// <summary>Which category.</summary>
    public int Category { get; } = category;

    /// <summary>Its properties.</summary>
    public List<AttributeValue> Attributes { get; } = [];

    /// <summary>Its place in the image, or -1.</summary>
    public int Place { get; set; } = -1;

    /// <summary>How many there are of it, or null when the text leaves that open.</summary>
    public int? Count { get; init; }

    /// <summary>Whether the number was written and does not just follow from "a".</summary>
    public bool HasWrittenCount { get; init; }

    /// <summary>Whether the text says that it is not there.</summary>
    public bool IsNegated { get; init; }

    /// <summary>Whether it stands in the plural.</summary>
    public bool IsPlural { get; init; }

    /// <summary>Whether it was called "the".</summary>
    public bool IsDefinite { get; init; }

    /// <summary>Whether the text asks for its number.</summary>
    public bool IsCountAsked { get; init; }

    /// <summary>Its relation to <see cref="Target"/>, or -1.</summary>
    public int Relation { get; set; } = -1;

    /// <summary>The object it stands in relation to.</summary>
    public Mention? Target { get; set; }

    /// <summary>Offset of its first character in the text.</summary>
    public int Start { get; init; }

    /// <summary>Offset behind its last character in the text.</summary>
    public int End { get; set; }

    /// <summary>The values it has of an attribute group.</summary>
    public IEnumerable<AttributeValue> Of(int group) => Attributes.Where(value => value.Group == group);

    /// <summary>The same object in another text, with more properties.</summary>
    public Mention With(IEnumerable<AttributeValue> attributes, int place, int start, int end)
    {
        Mention copy = new(Category) { Count = Count, HasWrittenCount = HasWrittenCount, IsPlural = IsPlural, IsDefinite = IsDefinite, Start = start, End = end };
        copy.Attributes.AddRange(Attributes.Concat(attributes).Distinct());
        copy.Place = place >= 0 ? place : Place;
        return copy;
    }
}
