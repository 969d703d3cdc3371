using NSft.Data.Construction.Parsing;

namespace NSft.Data.Construction.Comparison;

/// <summary>Compares a rejected with a chosen answer and lists what is wrong, as far as the truth settles it.</summary>
internal sealed class ErrorFinder(Lexicon lexicon)
{
    private readonly MentionMatcher _matcher = new(lexicon);
    private readonly DetailComparer _details = new(lexicon);

    /// <summary>All errors: first in the order of kinds, then of the text.</summary>
    /// <param name="chosen">The chosen answer.</param>
    /// <param name="rejected">The rejected answer.</param>
    /// <param name="truth">Everything true answers say about the image.</param>
    public List<FoundError> Find(Statement chosen, Statement rejected, SceneTruth truth)
    {
        List<FoundError> errors = [];
        List<FoundError> invented = [];
        List<FoundError> missed = [];
        foreach (int category in chosen.Present.Concat(rejected.Present).Select(mention => mention.Category).Distinct())
        {
            Mention[] claimed = [.. rejected.Of(category)];
            Mention[] known = [.. chosen.Of(category)];
            if (DetailComparer.CompareCounts(claimed, known, truth, rejected, chosen) is FoundError count)
            {
                errors.Add(count);
                continue;
            }

            int[] counterparts = _matcher.Match(claimed, known);
            for (int index = 0; index < claimed.Length; index++)
            {
                if (counterparts[index] >= 0)
                {
                    errors.AddRange(_details.Compare(claimed[index], known[counterparts[index]], truth, rejected, chosen));
                }
                else if (Invention(claimed[index], truth, rejected) is FoundError invention)
                {
                    invented.Add(invention);
                }
            }

            // Where descriptions leave things out, one object less of a kind that is named anyway is no omission.
            bool isNamed = claimed.Length > 0 && !lexicon.Content.HasCompleteDescriptions;
            if (chosen.IsDescription && rejected.IsDescription && !isNamed && !rejected.Covered.Contains(category))
            {
                missed.AddRange(known.Where((_, index) => !counterparts.Contains(index)).Select(mention => Omission(mention, truth, chosen)).OfType<FoundError>());
            }
        }

        missed.AddRange(rejected.Absent.Select(denied => Denial(denied, truth, rejected)).OfType<FoundError>());
        errors.AddRange(Counterparts.Join(invented, missed));
        if (_details.CompareTotals(rejected, truth) is FoundError total)
        {
            errors.Add(total);
        }

        return [.. errors.OrderBy(error => error.Kind)];
    }

    private FoundError? Invention(Mention claimed, SceneTruth truth, Statement rejected)
    {
        if (IsSetting(claimed.Category))
        {
            Mention? other = truth.Present.FirstOrDefault(mention => IsSetting(mention.Category));
            Claim wrong = new(ClaimForm.Object, claimed.Category);
            return other is not null && truth.Refutes(wrong)
                ? new FoundError(ErrorKind.Scene, wrong, new Claim(ClaimForm.Object, other.Category), rejected.Span(claimed), lexicon.Noun(other.Category, false))
                : null;
        }

        Claim? claim = Claim.OfExistence(claimed).FirstOrDefault(truth.Refutes);
        return claim is null
            ? null
            : new FoundError(ErrorKind.Invented, claim, SameForm(claim, truth), rejected.Span(claimed), null) { Subject = claimed };
    }

    // An invention that needs a place or a property to be refuted is doubled by the same question about the object that is there,
    // so that the form of a question never foretells its answer.
    private static Claim? SameForm(Claim wrong, SceneTruth truth) => truth.Present
        .Where(mention => mention.Category == wrong.Category)
        .SelectMany(Claim.OfExistence)
        .FirstOrDefault(claim => claim.Form == wrong.Form && truth.Supports(claim));

    private FoundError? Omission(Mention known, SceneTruth truth, Statement chosen)
    {
        Claim? claim = IsSetting(known.Category) ? null : Claim.OfExistence(known).FirstOrDefault(truth.Supports);
        return claim is null ? null : new FoundError(ErrorKind.Missed, null, claim, null, chosen.Span(known)) { Subject = known };
    }

    private FoundError? Denial(Mention denied, SceneTruth truth, Statement rejected)
    {
        Claim? claim = IsSetting(denied.Category) ? null : Claim.OfExistence(denied).LastOrDefault();
        return claim is null || !truth.Supports(claim)
            ? null
            : new FoundError(ErrorKind.Missed, null, claim, rejected.Span(denied), null) { Subject = denied };
    }

    private bool IsSetting(int category) => lexicon.Content.Categories[category].Code != Lexicon.ExistenceCode;
}
