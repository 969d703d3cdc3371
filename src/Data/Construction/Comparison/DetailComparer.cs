using NSft.Data.Construction.Parsing;
using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Comparison;

/// <summary>Compares what two texts say of the same object: properties, place, number, relation.</summary>
internal sealed class DetailComparer(Lexicon lexicon)
{
    /// <summary>Errors about properties, place and relation of a pair of mentions.</summary>
    public IEnumerable<FoundError> Compare(Mention claimed, Mention known, SceneTruth truth, Statement rejected, Statement chosen)
    {
        (string span, string fact) = (rejected.Span(claimed), chosen.Span(known));
        foreach (IGrouping<int, AttributeValue> group in claimed.Attributes.GroupBy(value => value.Group))
        {
            AttributeValue[] wrong = [.. group.Where(value => known.Of(group.Key).Any() && known.Of(group.Key).All(other => lexicon.Contradict(value, other)))];
            if (wrong.Length > 0 && Settled(AttributeClaims(known, [wrong[0]]), AttributeClaims(known, [.. known.Of(group.Key)]), truth) is (Claim no, Claim yes))
            {
                yield return new FoundError(ErrorKind.Attribute, no, yes, span, fact);
            }
        }

        bool isMisplaced = claimed.Place >= 0 && known.Place >= 0 && lexicon.Content.Places.Contradict(claimed.Place, known.Place);
        if (isMisplaced && Settled(PlaceClaims(known, claimed.Place), PlaceClaims(known, known.Place), truth) is (Claim wrongPlace, Claim rightPlace))
        {
            yield return new FoundError(ErrorKind.Position, wrongPlace, rightPlace, span, fact);
        }

        if (CompareRelation(claimed, known, truth) is (Claim wrongRelation, Claim rightRelation))
        {
            yield return new FoundError(ErrorKind.Relation, wrongRelation, rightRelation, span, fact);
        }
    }

    /// <summary>An error about the number of objects of a category, when one of the two texts writes a number.</summary>
    public static FoundError? CompareCounts(IReadOnlyList<Mention> claimed, IReadOnlyList<Mention> known, SceneTruth truth, Statement rejected, Statement chosen)
    {
        if (claimed.Count == 0 || known.Count == 0 || !claimed.Concat(known).Any(mention => mention.HasWrittenCount && mention.Count > 1))
        {
            return null;
        }

        int? wrongNumber = claimed.Aggregate((int?)0, (sum, mention) => sum + mention.Count);
        int? number = truth.CountOf(known[0].Category);
        if (wrongNumber is null or 0 || number is null or 0)
        {
            return null;
        }

        Claim wrong = new(ClaimForm.Count, known[0].Category) { Number = wrongNumber.Value };
        return truth.Refutes(wrong)
            ? new FoundError(ErrorKind.Count, wrong, wrong with { Number = number.Value }, rejected.Span(claimed[0]), chosen.Span(known[0]))
            : null;
    }

    /// <summary>An error about the number of all objects.</summary>
    public FoundError? CompareTotals(Statement rejected, SceneTruth truth)
    {
        if (rejected.Total is not int wrongNumber || truth.Total is not int number || number == wrongNumber || number == 0 || wrongNumber == 0)
        {
            return null;
        }

        Claim wrong = new(ClaimForm.Total, -1) { Number = wrongNumber };
        string fact = $"{lexicon.Number(number)} {lexicon.Noun(-1, number != 1)}";
        return new FoundError(ErrorKind.Count, wrong, wrong with { Number = number }, rejected.Text, fact);
    }

    private static (Claim No, Claim Yes)? CompareRelation(Mention claimed, Mention known, SceneTruth truth)
    {
        if (claimed.Relation < 0 || known.Relation < 0 || claimed.Target is null || claimed.Target.Category != known.Target?.Category)
        {
            return null;
        }

        Claim wrong = new(ClaimForm.Relation, known.Category) { Relation = claimed.Relation, Target = known.Target.Category, IsPlural = known.IsPlural };
        Claim right = wrong with { Relation = known.Relation };
        return truth.Refutes(wrong) && truth.Supports(right) ? (wrong, right) : null;
    }

    /// <summary>The ways to say that an object has properties, the plainest first.</summary>
    public static IReadOnlyList<Claim> AttributeClaims(Mention known, IReadOnlyList<AttributeValue> values)
    {
        List<Claim> claims = [new Claim(ClaimForm.Attribute, known.Category) { Attributes = values, IsPlural = known.IsPlural }];
        if (known.Place >= 0)
        {
            claims.Add(new Claim(ClaimForm.PlacedAttribute, known.Category) { Attributes = values, Place = known.Place, IsPlural = known.IsPlural });
        }

        claims.Add(new Claim(ClaimForm.Attributed, known.Category) { Attributes = values });
        return claims;
    }

    /// <summary>The ways to say that an object is at a place, the plainest first.</summary>
    public static IReadOnlyList<Claim> PlaceClaims(Mention known, int place) =>
    [
        new Claim(ClaimForm.Position, known.Category) { Place = place, IsPlural = known.IsPlural },
        new Claim(ClaimForm.Placed, known.Category) { Place = place },
    ];

    // The first way in which the truth settles both sides. The lists run in step unless a place tells the objects apart.
    private static (Claim No, Claim Yes)? Settled(IReadOnlyList<Claim> wrong, IReadOnlyList<Claim> right, SceneTruth truth)
    {
        for (int index = 0; index < wrong.Count; index++)
        {
            if (truth.Refutes(wrong[index]) && truth.Supports(right[index]))
            {
                return (wrong[index], right[index]);
            }
        }

        return null;
    }
}
