using NSft.Data.Construction.Parsing;
using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Comparison;

/// <summary>Something that is true of an image or not.</summary>
/// <param name="Form">What is claimed.</param>
/// <param name="Category">Of which category; -1 for objects in all.</param>
internal sealed record Claim(ClaimForm Form, int Category)
{
    /// <summary>Properties claimed, all of one group.</summary>
    public IReadOnlyList<AttributeValue> Attributes { get; init; } = [];

    /// <summary>Place claimed, or that tells which object is meant; -1 for none.</summary>
    public int Place { get; init; } = -1;

    /// <summary>Number claimed.</summary>
    public int Number { get; init; }

    /// <summary>Relation claimed, or -1.</summary>
    public int Relation { get; init; } = -1;

    /// <summary>Category of the other object of a relation, or -1.</summary>
    public int Target { get; init; } = -1;

    /// <summary>Whether the object stands in the plural.</summary>
    public bool IsPlural { get; init; }

    /// <summary>The simplest claims that a mention makes, the most general first.</summary>
    public static IEnumerable<Claim> OfExistence(Mention mention)
    {
        yield return new Claim(ClaimForm.Object, mention.Category);
        if (mention.Place >= 0)
        {
            yield return new Claim(ClaimForm.Placed, mention.Category) { Place = mention.Place };
        }

        if (mention.Attributes.Count > 0)
        {
            AttributeValue[] values = [.. mention.Of(mention.Attributes[0].Group)];
            yield return new Claim(ClaimForm.Attributed, mention.Category) { Attributes = values };
            if (mention.Place >= 0)
            {
                yield return new Claim(ClaimForm.AttributedPlaced, mention.Category) { Attributes = values, Place = mention.Place };
            }
        }
    }
}
