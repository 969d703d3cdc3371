using System.Text.RegularExpressions;
using NSft.Collectives;
using NSft.Data.Construction.Parsing;
using NSft.Data.Construction.Vocabulary;
using NSft.Data.Construction.Writing;

namespace NSft.Data.Construction.Comparison;

/// <summary>Doubles a wrong short answer into a question that affirms the true one and a question that denies the wrong one.</summary>
/// <remarks>
/// It needs no word of the lexicon: "Who wrote this book?" with two names becomes "Was this book written by ...?" twice. Answers that say
/// the same, or of which one says part of the other, settle nothing and give nothing. Source: arXiv:2411.14797, which doubles OCRVQA so.
/// </remarks>
internal sealed class ShortAnswerDoubler(ShortAnswerPatterns patterns, Lexicon lexicon, AnswerParser parser)
{
    private const int LongestFullAnswer = 20;

    private readonly ShortAnswerText _text = new(lexicon, patterns);
    private readonly PatternWriter _writer = new(lexicon, patterns);

    /// <summary>The error of a pair, or null when its answers are not short, agree or cannot be compared.</summary>
    /// <param name="question">The question.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="chosen">What the chosen answer says in the words of the lexicon.</param>
    /// <param name="rejected">What the rejected answer says in the words of the lexicon.</param>
    public ShortAnswerError? Find(SourceQuestion question, PreferencePair pair, Statement chosen, Statement rejected)
    {
        if (patterns.Patterns.Count == 0 || pair.Rejected.Length == 0 || question.Core.Length > ShortAnswerPatterns.LongestQuestion)
        {
            return null;
        }

        (bool? truth, bool? claim) = (parser.Polarity(pair.Chosen), parser.Polarity(pair.Rejected));
        CorrectiveTurn[] turns = (truth, claim) switch
        {
            (bool isTrue, bool isClaimed) => isTrue != isClaimed && NegatedStatement.IsYesNoQuestion(question.Core) ? Flip(question.Core, pair.Chosen, isTrue) : [],
            (null, null) when !AgreeByLexicon(chosen, rejected) && Double(question, pair) is { Length: > 0 } doubled => doubled,
            (null, null) => DoubleReadText(question, pair),
            _ => [],
        };
        return turns.Length == 0
            ? null
            : new ShortAnswerError(KindOf(turns[0].Code, isDenied: claim == false), [.. turns.Select(turn => turn with { Span = pair.Rejected.Trim(), Fact = pair.Chosen.Trim() })]);
    }

    private CorrectiveTurn[] Flip(string question, string answer, bool isTrue)
    {
        string code = patterns.Flips.FirstOrDefault(flip => flip.Question.IsMatch(question.TrimEnd('?', ' '))).Code;
        if (code is null)
        {
            return [];
        }

        TurnPolarity polarity = isTrue ? TurnPolarity.Yes : TurnPolarity.No;
        CorrectiveTurn asked = new(question, FullAnswer(answer, isTrue), code, polarity, TurnKind.Correct);
        if (NegatedStatement.Of(question, lexicon) is not (string positive, string negative))
        {
            return [asked];
        }

        string reply = isTrue ? $"No, {positive}." : $"Yes, {negative}.";
        CorrectiveTurn negated = new($"Is it true that {negative}?", reply, code, isTrue ? TurnPolarity.No : TurnPolarity.Yes, TurnKind.Correct);
        return [asked, negated];
    }

    private static string FullAnswer(string answer, bool isTrue)
    {
        string text = answer.Trim();
        string word = isTrue ? "Yes" : "No";
        bool isSentence = text.StartsWith(word + ",", StringComparison.OrdinalIgnoreCase) && text.Count(char.IsWhiteSpace) < LongestFullAnswer && !text.Contains('\n', StringComparison.Ordinal);
        return isSentence ? word + text[word.Length..] : word + ".";
    }

    private CorrectiveTurn[] Double(SourceQuestion question, PreferencePair pair)
    {
        (string chosen, string rejected) = _text.Clean(question.Resolve(pair.Chosen), question.Resolve(pair.Rejected));
        if (chosen.Length == 0 || rejected.Length == 0 || patterns.NoAnswers.Contains(chosen) || patterns.NoAnswers.Contains(rejected))
        {
            return [];
        }

        string core = question.Core.TrimEnd('?', ' ', '.');
        foreach (ShortAnswerPattern pattern in patterns.Patterns)
        {
            if (Match(pattern, core) is not GroupCollection groups)
            {
                continue;
            }

            (string truth, string wrong) = (_text.Fit(chosen, pattern, groups), _text.Fit(rejected, pattern, groups));
            if (Fits(pattern, truth) && Fits(pattern, wrong))
            {
                bool isSettled = !PlainAnswer.Overlap(PlainAnswer.Words(truth, lexicon), PlainAnswer.Words(wrong, lexicon), pattern.IsExact);
                return isSettled ? [_writer.Write(pattern, question.Core, groups, wrong, truth), _writer.Write(pattern, question.Core, groups, truth, truth)] : [];
            }
        }

        return [];
    }

    private CorrectiveTurn[] DoubleReadText(SourceQuestion question, PreferencePair pair)
    {
        if (patterns.ReadText is not ShortAnswerPattern pattern || ReadTextDifference.Find(pair.Chosen, pair.Rejected, lexicon) is not (string truth, string wrong))
        {
            return [];
        }

        GroupCollection none = System.Text.RegularExpressions.Match.Empty.Groups;
        return [_writer.Write(pattern, question.Core, none, wrong, truth), _writer.Write(pattern, question.Core, none, truth, truth)];
    }

    private static GroupCollection? Match(ShortAnswerPattern pattern, string question)
    {
        foreach (Regex expression in pattern.Questions)
        {
            try
            {
                if (expression.Match(question) is { Success: true } match)
                {
                    return match.Groups;
                }
            }
            catch (RegexMatchTimeoutException)
            {
                throw new UserInputException($"short-answer pattern '{pattern.Name}' takes too long on the question \"{question}\": write it without nested repetitions");
            }
        }

        return null;
    }

    private bool Fits(ShortAnswerPattern pattern, string answer)
    {
        int words = answer.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        bool isOneSentence = pattern.IsExact || !answer.Contains(". ", StringComparison.Ordinal);
        return words > 0 && words <= pattern.LongestAnswer && isOneSentence && !answer.Contains('\n', StringComparison.Ordinal)
            && (!pattern.TakesNumbers || PlainAnswer.Number(answer, lexicon) is not null)
            && (pattern.Answers is null || pattern.Answers.IsMatch(answer));
    }

    // Two names of one category ("couch", "sofa"), a name and its cover ("dog", "animal"), colors that go together: no contradiction.
    private bool AgreeByLexicon(Statement chosen, Statement rejected)
    {
        bool sharesCategory = rejected.Present.Exists(claimed => chosen.Of(claimed.Category).Any() && claimed.Attributes.Count == 0 && !claimed.HasWrittenCount)
            && rejected.UnknownWordCount == 0 && chosen.UnknownWordCount == 0 && rejected.AllAttributes.Count == 0 && rejected.AnyPlace < 0 && rejected.Present.TrueForAll(claimed => claimed.Relation < 0);
        bool isCovered = chosen.Present.Exists(known => rejected.Covered.Contains(known.Category)) || rejected.Present.Exists(claimed => chosen.Covered.Contains(claimed.Category));
        bool isCompatible = rejected.AllAttributes.Count > 0 && chosen.AllAttributes.Count > 0 && rejected.UnknownWordCount == 0
            && rejected.AllAttributes.TrueForAll(value => chosen.AllAttributes.Exists(known => known.Group == value.Group && !lexicon.Contradict(known, value)));
        return sharesCategory || isCovered || isCompatible;
    }

    private static ErrorKind KindOf(string code, bool isDenied) => code switch
    {
        "existence" => isDenied ? ErrorKind.Missed : ErrorKind.Invented,
        "count" => ErrorKind.Count,
        "position" => ErrorKind.Position,
        "relation" => ErrorKind.Relation,
        "scene" => ErrorKind.Scene,
        _ => ErrorKind.Attribute,
    };
}
