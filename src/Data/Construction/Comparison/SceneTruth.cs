using NSft.Data.Construction.Parsing;

namespace NSft.Data.Construction.Comparison;

/// <summary>What the true answers about an image settle. A claim may be neither supported nor refuted: then nobody asks it.</summary>
/// <remarks>
/// Statements about one image may come from several rows. Objects of different statements are never counted together, and a refusal
/// has to agree with all of them, so that a row which says less cannot make another row's truth look wrong.
/// </remarks>
internal sealed class SceneTruth
{
    private readonly Lexicon _lexicon;
    private readonly IReadOnlyList<Statement> _statements;
    private readonly bool _hasDescription;

    /// <summary>Gathers the truth about an image.</summary>
    /// <param name="lexicon">The words.</param>
    /// <param name="statements">True answers about the image.</param>
    public SceneTruth(Lexicon lexicon, IReadOnlyList<Statement> statements)
    {
        _lexicon = lexicon;
        _statements = statements;
        _hasDescription = statements.Any(statement => statement.IsDescription);
    }

    /// <summary>Objects that are there, over all statements.</summary>
    public IEnumerable<Mention> Present => _statements.SelectMany(statement => statement.Present);

    /// <summary>Objects that are there, each with the words that speak of it.</summary>
    public IEnumerable<(Mention Mention, string Span)> Spans =>
        _statements.SelectMany(statement => statement.Present.Select(mention => (mention, statement.Span(mention))));

    /// <summary>The number of all objects, when it is settled.</summary>
    public int? Total => Agreed(_statements.Select(TotalOf));

    /// <summary>Whether the true answers say that the claim holds.</summary>
    public bool Supports(Claim claim) => claim.Form switch
    {
        ClaimForm.Count => CountOf(claim.Category) == claim.Number,
        ClaimForm.Total => Total == claim.Number,
        ClaimForm.Attribute or ClaimForm.Position => Single(claim.Category) && Supporters(claim).Any(),
        ClaimForm.PlacedAttribute => SingleAt(claim.Category, claim.Place) && Supporters(claim).Any(),
        ClaimForm.Relation => Single(claim.Category) && Single(claim.Target) && Related(claim).Any(mention => mention.Relation == claim.Relation),
        _ => Supporters(claim).Any() && !IsDenied(claim),
    };

    /// <summary>Whether the true answers say that the claim does not hold.</summary>
    public bool Refutes(Claim claim) => claim.Form switch
    {
        ClaimForm.Count => CountOf(claim.Category) is int count && count != claim.Number,
        ClaimForm.Total => Total is int total && total != claim.Number,
        ClaimForm.Attribute => Single(claim.Category) && Contradicted(claim),
        ClaimForm.Position => Single(claim.Category) && Contradicted(claim),
        ClaimForm.PlacedAttribute => SingleAt(claim.Category, claim.Place) && Contradicted(claim),
        ClaimForm.Relation => Single(claim.Category) && Single(claim.Target) && Related(claim).Any()
            && Related(claim).All(mention => _lexicon.Content.Relations.Contradict(mention.Relation, claim.Relation)),
        ClaimForm.Object => !IsCovered(claim.Category) && !Of(claim.Category).Any() && (_hasDescription || IsDenied(claim)),
        _ => !IsCovered(claim.Category) && Of(claim.Category).All(mention => ContradictsDetail(mention, claim)) && (_hasDescription || IsDenied(claim)),
    };

    /// <summary>The number of objects of a category, when the statements that speak of it agree.</summary>
    public int? CountOf(int category) => Agreed(_statements.Where(statement => statement.Of(category).Any()).Select(statement => Sum(statement.Of(category))));

    private IEnumerable<Mention> Of(int category) => Present.Where(mention => mention.Category == category);

    private bool IsCovered(int category) => _statements.Any(statement => statement.Covered.Contains(category));

    // One object of the category at most in every statement, so that "the" can only mean that one.
    private bool Single(int category) => Of(category).Any() && _statements.All(statement => statement.Of(category).Count() <= 1) && !IsCovered(category);

    private bool SingleAt(int category, int place) =>
        Of(category).All(mention => mention.Place >= 0) && _statements.All(statement => statement.Of(category).Count(mention => mention.Place == place) <= 1);

    private IEnumerable<Mention> Supporters(Claim claim) => Of(claim.Category).Where(mention =>
        (claim.Place < 0 || mention.Place == claim.Place) && claim.Attributes.All(mention.Attributes.Contains));

    private IEnumerable<Mention> Related(Claim claim) => Of(claim.Category).Where(mention => mention.Relation >= 0 && mention.Target?.Category == claim.Target);

    private bool Contradicted(Claim claim)
    {
        IEnumerable<Mention> meant = claim.Form == ClaimForm.PlacedAttribute ? Of(claim.Category).Where(mention => mention.Place == claim.Place) : Of(claim.Category);
        bool isAboutPlace = claim.Form == ClaimForm.Position;
        List<Mention> telling = [.. meant.Where(mention => isAboutPlace ? mention.Place >= 0 : mention.Of(claim.Attributes[0].Group).Any())];
        return telling.Count > 0 && telling.All(mention => isAboutPlace ? ContradictsPlace(mention, claim) : ContradictsAttributes(mention, claim));
    }

    private bool ContradictsDetail(Mention mention, Claim claim) => ContradictsPlace(mention, claim) || ContradictsAttributes(mention, claim);

    private bool ContradictsPlace(Mention mention, Claim claim) =>
        claim.Place >= 0 && mention.Place >= 0 && _lexicon.Content.Places.Contradict(mention.Place, claim.Place);

    private bool ContradictsAttributes(Mention mention, Claim claim) => claim.Attributes.Any(value =>
        mention.Of(value.Group).Any() && mention.Of(value.Group).All(known => _lexicon.Contradict(known, value)));

    private bool IsDenied(Claim claim) => _statements.SelectMany(statement => statement.Absent).Any(absent =>
        absent.Category == claim.Category
        && (absent.Place < 0 || absent.Place == claim.Place)
        && absent.Attributes.All(claim.Attributes.Contains));

    private int? TotalOf(Statement statement) => statement.Total
        ?? (statement.IsDescription && _lexicon.Content.HasCompleteDescriptions && statement.Covered.Count == 0 ? Sum(statement.Present) : null);

    private static int? Sum(IEnumerable<Mention> mentions) =>
        mentions.Aggregate((int?)0, (sum, mention) => sum + mention.Count);

    // Nothing when nobody knows, or when two statements differ.
    private static int? Agreed(IEnumerable<int?> counts)
    {
        int?[] known = [.. counts.Where(count => count is not null).Distinct()];
        return known.Length == 1 ? known[0] : null;
    }
}
