using NSft.Data.Construction.Comparison;
using NSft.Data.Construction.Parsing;

namespace NSft.Data.Construction.Writing;

/// <summary>Makes a conversation of errors: each doubled into a no- and a yes-question, filled up until yes and no are in balance.</summary>
internal sealed class TurnComposer(QuestionWriter writer, AbsentCategoryChooser absent, CategoryLean lean, int turnCount)
{
    private const double WeightUnit = 100;

    /// <summary>The turns of a pair in a random order, so that no place in a conversation foretells the answer.</summary>
    /// <param name="errors">What is wrong in the words of the lexicon.</param>
    /// <param name="doubled">What is wrong with a short answer, or null.</param>
    /// <param name="truth">What is true of the image.</param>
    /// <param name="choice">The choices of the pair.</param>
    public IReadOnlyList<CorrectiveTurn> Compose(IReadOnlyList<FoundError> errors, ShortAnswerError? doubled, SceneTruth truth, SeededChoice choice)
    {
        TurnSheet sheet = new(writer, turnCount, (TurnPolarity)choice.Below(2));
        foreach (FoundError error in errors)
        {
            Double(error, sheet);
        }

        foreach (CorrectiveTurn turn in doubled?.Turns ?? [])
        {
            sheet.Add(turn);
        }

        Fill(sheet, truth, choice);
        List<CorrectiveTurn> turns = [.. sheet.Turns];
        choice.Shuffle(turns);
        return turns;
    }

    private static void Double(FoundError error, TurnSheet sheet)
    {
        bool hasRoom = (error.Wrong is null || sheet.HasRoom(TurnPolarity.No)) && (error.True is null || sheet.HasRoom(TurnPolarity.Yes));
        bool isNew = error.Wrong is null || !sheet.HasAsked(error.Wrong);
        if (!hasRoom || !isNew)
        {
            return;
        }

        CorrectiveTurn Complete(CorrectiveTurn turn) => turn with { Kind = TurnKind.Correct, Span = error.Span, Fact = error.Fact };
        if (error.Wrong is not null)
        {
            sheet.Add(error.Wrong, TurnPolarity.No, error.True, Complete);
        }

        if (error.True is not null)
        {
            sheet.Add(error.True, TurnPolarity.Yes, error.True, Complete);
        }
    }

    // Fill-up turns never tip the balance: each side is filled up to what the other side has or can get.
    private void Fill(TurnSheet sheet, SceneTruth truth, SeededChoice choice)
    {
        List<(Claim Claim, string Fact)> yes = YesClaims(sheet, truth, choice);
        List<Claim> no = [.. absent.Choose(truth, choice).Select(category => new Claim(ClaimForm.Object, category)).Where(claim => !sheet.HasAsked(claim))];
        int yesReach = Math.Min(sheet.Limit(TurnPolarity.Yes), sheet.Count(TurnPolarity.Yes) + yes.Count);
        int noReach = Math.Min(sheet.Limit(TurnPolarity.No), sheet.Count(TurnPolarity.No) + no.Count);
        int yesTarget = noReach == sheet.Limit(TurnPolarity.No) ? yesReach : noReach;
        int noTarget = yesReach == sheet.Limit(TurnPolarity.Yes) ? noReach : yesReach;
        foreach ((Claim claim, string fact) in yes.TakeWhile(_ => sheet.Count(TurnPolarity.Yes) < yesTarget))
        {
            sheet.Add(claim, TurnPolarity.Yes, claim, turn => turn with { Fact = fact });
        }

        foreach (Claim claim in no.TakeWhile(_ => sheet.Count(TurnPolarity.No) < noTarget))
        {
            sheet.Add(claim, TurnPolarity.No, null, turn => turn);
        }
    }

    // Plain existence first; when an image has too few objects, their properties and places.
    // Categories that lean to no come first.
    private List<(Claim Claim, string Fact)> YesClaims(TurnSheet sheet, SceneTruth truth, SeededChoice choice)
    {
        List<(Claim Claim, string Fact)> existence = [];
        List<(Claim Claim, string Fact)> details = [];
        foreach ((Mention mention, string span) in truth.Spans)
        {
            existence.Add((new Claim(ClaimForm.Object, mention.Category), span));
            if (mention.Attributes.Count > 0)
            {
                details.AddRange(DetailComparer.AttributeClaims(mention, [.. mention.Of(mention.Attributes[0].Group)]).Take(1).Select(claim => (claim, span)));
            }

            if (mention.Place >= 0)
            {
                details.AddRange(DetailComparer.PlaceClaims(mention, mention.Place).Take(1).Select(claim => (claim, span)));
            }
        }

        choice.Shuffle(existence, entry => 1 + (int)(WeightUnit * lean.WishForYes(entry.Claim.Category)));
        choice.Shuffle(details);
        return
        [
            .. existence.Concat(details)
                .DistinctBy(entry => (entry.Claim.Form, entry.Claim.Category))
                .Where(entry => truth.Supports(entry.Claim) && !sheet.HasAsked(entry.Claim)),
        ];
    }
}
