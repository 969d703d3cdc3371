using System.Globalization;
using NSft.Data.Chat;
using NSft.Data.Construction.Comparison;

namespace NSft.Data.Construction.Language;

/// <summary>Checks a response against its pair: everything that is wrong is listed at once, so that one repair can mend it all.</summary>
/// <param name="codes">Codes that may be used; empty when the prompt shows no codebook.</param>
/// <param name="turnCount">Turns that were asked for.</param>
/// <param name="lexicon">Words for the check against the chosen answer; null for no such check.</param>
internal sealed class ResponseValidator(IReadOnlyList<string> codes, int turnCount, Lexicon? lexicon)
{
    private readonly ResponseReader _reader = new(codes);
    private readonly ContradictionCheck? _contradictions = lexicon is null ? null : new ContradictionCheck(lexicon);

    /// <summary>Checks a reply.</summary>
    public ResponseCheck Check(ChatReply reply, PreferencePair pair) => reply.IsTruncated
        ? new ResponseCheck(null, [new Rejection(RejectionReason.Truncated, "it was cut off at the longest allowed length; be brief")])
        : Check(reply.Text, pair);

    /// <summary>Checks a text.</summary>
    public ResponseCheck Check(string text, PreferencePair pair)
    {
        ResponseCheck read = _reader.Read(text);
        if (read.Response is not LanguageResponse response)
        {
            return read;
        }

        List<Rejection> rejections = [.. read.Rejections];
        rejections.AddRange(OfErrors(response, pair));
        rejections.AddRange(OfTurns(response, pair));
        rejections.AddRange(OfWhole(response));
        return new ResponseCheck(response, rejections);
    }

    private static IEnumerable<Rejection> OfErrors(LanguageResponse response, PreferencePair pair)
    {
        string rejected = Plain(pair.Rejected);
        for (int index = 0; index < response.Errors.Count; index++)
        {
            if (response.Errors[index] is not LanguageError error)
            {
                continue;
            }

            string place = ResponseReader.Place("errors", index);
            string span = Plain(error.Span);
            if (span.Length == 0 || !rejected.Contains(span, StringComparison.Ordinal))
            {
                yield return new Rejection(RejectionReason.Span, $"{place}: RESPONSE does not have the words of the span");
            }

            if (string.IsNullOrWhiteSpace(error.Fact) || error.Severity is < 1 or > 3)
            {
                yield return new Rejection(RejectionReason.Schema, $"{place}: the fact is empty, or the severity is not 1 to 3");
            }
        }
    }

    private IEnumerable<Rejection> OfTurns(LanguageResponse response, PreferencePair pair)
    {
        SceneTruth? truth = _contradictions?.Truth(pair);
        HashSet<string> questions = new(StringComparer.Ordinal);
        for (int index = 0; index < response.Turns.Count; index++)
        {
            if (response.Turns[index] is not LanguageTurn turn)
            {
                continue;
            }

            string place = ResponseReader.Place("turns", index);
            foreach (Rejection rejection in TurnCheck.Find(turn, place, pair))
            {
                yield return rejection;
            }

            if (!questions.Add(Plain(turn.Question)))
            {
                yield return new Rejection(RejectionReason.Duplicate, $"{place}: the question was asked before");
            }

            if (!PointsToError(turn, response))
            {
                yield return new Rejection(RejectionReason.ErrorIndex, $"{place}: \"error\" is not the position of an error in the list, counted from 0");
            }

            if (truth is not null && _contradictions!.Find(turn, truth) is string name)
            {
                yield return new Rejection(RejectionReason.Contradiction, $"{place}: what it says of \"{name}\" contradicts REFERENCE");
            }
        }
    }

    private IEnumerable<Rejection> OfWhole(LanguageResponse response)
    {
        if (response.Turns.Count != turnCount)
        {
            yield return new Rejection(RejectionReason.TurnCount, string.Create(CultureInfo.InvariantCulture, $"it has {response.Turns.Count} turns, not {turnCount}"));
        }

        if (response.SaysNoError == true && response.Errors.Count > 0)
        {
            yield return new Rejection(RejectionReason.Schema, "\"no_error\" is true, but errors are listed");
        }

        if (response.Errors.Count > 0 && !response.Turns.Any(turn => turn is null or { Kind: TurnKind.Correct }))
        {
            yield return new Rejection(RejectionReason.Uncorrected, "errors are listed, but no turn of the kind \"correct\" is about them");
        }

        bool hasInvention = response.Errors.Any(error => error?.Code == Lexicon.ExistenceCode);
        if (hasInvention && !response.Turns.Any(turn => turn is null or { Polarity: TurnPolarity.No }))
        {
            yield return new Rejection(RejectionReason.NoDenial, "an error of existence is listed, but no answer is \"No, ...\"");
        }
    }

    // A turn that only confirms needs no error, but may not point beside the list; -1 is a common way to say none.
    private static bool PointsToError(LanguageTurn turn, LanguageResponse response) => turn.Error is int error && error >= 0
        ? error < response.Errors.Count
        : turn.Kind == TurnKind.Confirm && turn.Error is null or -1;

    // Quotes differ between what a model reads and what it writes; so do case and spaces.
    private static string Plain(string text) =>
        AnswerText.Normalise(text.Replace('\u2019', '\'').Replace('\u2018', '\'').Replace('\u201C', '"').Replace('\u201D', '"'));
}
