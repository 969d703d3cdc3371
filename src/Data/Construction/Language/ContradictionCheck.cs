using NSft.Data.Construction.Comparison;
using NSft.Data.Construction.Parsing;

namespace NSft.Data.Construction.Language;

/// <summary>Whether a turn affirms what the chosen answer rules out, or denies what it says, as far as the lexicon knows the words.</summary>
/// <remarks>
/// Existence only: a yes to an object that is not there, a no to one that is. What the lexicon does not know is passed, because a false
/// alarm costs a request. Any thread may use it.
/// </remarks>
internal sealed class ContradictionCheck(Lexicon lexicon)
{
    private static readonly string[] Contrasts = ["instead of", "rather than", " not ", "n't "];

    private readonly AnswerParser _answers = new(lexicon);
    private readonly StatementParser _statements = new(lexicon);

    /// <summary>The truth that a pair's chosen answer tells.</summary>
    public SceneTruth Truth(PreferencePair pair) => new(lexicon, [_answers.Parse(pair.Question, pair.Chosen)]);

    /// <summary>What a turn contradicts, as an object's name; null when it contradicts nothing.</summary>
    public string? Find(LanguageTurn turn, SceneTruth truth)
    {
        Statement asked = _statements.Parse(turn.Question);
        return turn.Polarity switch
        {
            TurnPolarity.No => Denied(asked, truth),
            TurnPolarity.Yes => Affirmed([.. asked.Present, .. Named(turn)], truth),
            _ => Affirmed(Named(turn), truth),
        };
    }

    // "No" to a plain question about one object denies it; to a longer question it denies something else.
    private string? Denied(Statement asked, SceneTruth truth)
    {
        bool isPlain = asked.AsksExistence && asked.Present.Count == 1 && asked.UnknownWordCount == 0 && asked.Absent.Count == 0;
        if (!isPlain || asked.Present[0] is { HasWrittenCount: true } or { Relation: >= 0 })
        {
            return null;
        }

        Mention mention = asked.Present[0];
        return truth.Supports(Claim.OfExistence(mention).Last()) ? Name(mention) : null;
    }

    private string? Affirmed(IReadOnlyList<Mention> mentions, SceneTruth truth) => mentions
        .Where(mention => mention.Category >= 0 && lexicon.Content.Categories[mention.Category].Code == Lexicon.ExistenceCode && truth.Refutes(new Claim(ClaimForm.Object, mention.Category)))
        .Select(Name)
        .FirstOrDefault();

    private List<Mention> Named(LanguageTurn turn)
    {
        bool hasContrast = Contrasts.Any(word => turn.Answer.Contains(word, StringComparison.OrdinalIgnoreCase));
        return hasContrast ? [] : _statements.Parse(turn.Answer).Present;
    }

    private string Name(Mention mention) => lexicon.Noun(mention.Category, mention.IsPlural);
}
