using NSft.Data.Construction.Comparison;
using NSft.Data.Construction.Parsing;
using NSft.Data.Construction.Writing;

namespace NSft.Data.Construction;

/// <summary>The constructor G by rules: turns a rejected answer into corrective questions that the chosen answer settles.</summary>
/// <remarks>
/// The result of a pair depends on the pair, the codebook, the lexicon, the options and the statistics of the set alone, so work can
/// be split anywhere. One instance belongs to one thread at a time. Source: arXiv:2411.14797, which lets a language model do this.
/// </remarks>
public sealed class RuleConstructor
{
    private readonly Lexicon _lexicon;
    private readonly ConstructionOptions _options;
    private readonly ConstructionStatistics _statistics;
    private readonly AnswerParser _parser;
    private readonly ErrorFinder _finder;
    private readonly ShortAnswerDoubler _doubler;
    private readonly TurnComposer _composer;
    private readonly Dictionary<ReferenceAnswer, Statement> _references = new(ReferenceEqualityComparer.Instance);

    /// <summary>A constructor for the pairs of a set.</summary>
    /// <param name="codebook">How errors are asked.</param>
    /// <param name="lexicon">The words of the world.</param>
    /// <param name="options">How turns are built.</param>
    /// <param name="statistics">Statistics of the whole set, at least with the references of the pairs to come.</param>
    /// <exception cref="Collectives.UserInputException">An option is out of range.</exception>
    public RuleConstructor(VisionErrorCodebook codebook, Lexicon lexicon, ConstructionOptions options, ConstructionStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(codebook);
        ArgumentNullException.ThrowIfNull(lexicon);
        ArgumentNullException.ThrowIfNull(statistics);
        ConstructionOptionsValidator.Validate(options);
        _lexicon = lexicon;
        _options = options;
        _statistics = statistics;
        _parser = new AnswerParser(lexicon);
        _finder = new ErrorFinder(lexicon);
        _doubler = new ShortAnswerDoubler(codebook.ShortAnswers, lexicon, _parser);
        CategoryLean lean = new(statistics);
        _composer = new TurnComposer(
            new QuestionWriter(codebook, lexicon), new AbsentCategoryChooser(lexicon, statistics, lean, options.HardNegativeShare), lean, options.TurnCount);
    }

    /// <summary>What the constructor calls itself in the provenance of its rows.</summary>
    public static string Name => "rules";

    /// <summary>Builds the conversations of a block, one for each pair and in the same order.</summary>
    public IReadOnlyList<CorrectiveConversation> ConstructBlock(IReadOnlyList<PreferencePair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return [.. pairs.Select(Construct)];
    }

    /// <summary>Builds the conversation of a pair.</summary>
    public CorrectiveConversation Construct(PreferencePair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        SourceQuestion question = SourceQuestion.Read(pair.Question);
        Statement asked = _parser.Ask(pair.Question);
        Statement chosen = _parser.Parse(asked, pair.Chosen);
        Statement rejected = _parser.Parse(asked, pair.Rejected);
        SceneTruth truth = new(_lexicon, [chosen, .. OtherAnswers(pair)]);
        List<FoundError> errors = _finder.Find(chosen, rejected, truth);
        ShortAnswerError? doubled = errors.Count > 0 || IsDisputed(pair) ? null : _doubler.Find(question, pair, chosen, rejected);
        IReadOnlyList<CorrectiveTurn> turns = _composer.Compose(errors, doubled, truth, new SeededChoice(_options.Seed, pair.Id));
        ErrorKind[] kinds = doubled is null ? [.. errors.Select(error => error.Kind)] : [doubled.Kind];
        return new CorrectiveConversation(pair.Id, pair.Image, kinds, question.Suffix is null ? turns : [.. turns.Select(turn => Shorten(turn, question.Suffix))]);
    }

    // A source question that asks for a word or phrase makes questions that ask for one.
    private static CorrectiveTurn Shorten(CorrectiveTurn turn, string suffix) => turn with
    {
        Question = $"{turn.Question}\n{suffix}",
        Answer = turn.Polarity == TurnPolarity.Yes ? "Yes" : "No",
    };

    // Another row that answers the same question otherwise leaves open which answer is true.
    private bool IsDisputed(PreferencePair pair) =>
        _statistics.References.TryGetValue(pair.Image, out IReadOnlyList<ReferenceAnswer>? answers)
        && answers.Any(answer => answer.PairId != pair.Id && answer.Question == pair.Question && !AnswerText.AreEqual(answer.Answer, pair.Chosen));

    private IEnumerable<Statement> OtherAnswers(PreferencePair pair)
    {
        if (!_statistics.References.TryGetValue(pair.Image, out IReadOnlyList<ReferenceAnswer>? answers))
        {
            return [];
        }

        return answers
            .Where(answer => answer.PairId != pair.Id && (answer.Question != pair.Question || answer.Answer != pair.Chosen))
            .DistinctBy(answer => (answer.Question, answer.Answer))
            .Select(Read);
    }

    private Statement Read(ReferenceAnswer answer)
    {
        if (!_references.TryGetValue(answer, out Statement? statement))
        {
            _references[answer] = statement = _parser.Parse(answer.Question, answer.Answer);
        }

        return statement;
    }
}
