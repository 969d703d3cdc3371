using System.Text;
using NSft.Data.Construction.Comparison;
using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Writing;

/// <summary>Puts claims into words with the forms of the codebook and the nouns of the lexicon.</summary>
internal sealed class QuestionWriter(VisionErrorCodebook codebook, Lexicon lexicon)
{
    private const string ArticleSlot = "{a}";

    /// <summary>Asks and answers a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="polarity">Whether it holds.</param>
    /// <param name="truth">What holds instead; needed where the answer says it.</param>
    /// <returns>The turn, or null when the codebook leaves the form out.</returns>
    public CorrectiveTurn? Write(Claim claim, TurnPolarity polarity, Claim? truth)
    {
        QuestionForm? form = codebook.Form(FormName(claim));
        if (form is null)
        {
            return null;
        }

        string answer = polarity == TurnPolarity.Yes ? form.Yes : form.No;
        if (truth is null && answer.Contains("{true ", StringComparison.Ordinal))
        {
            return null;
        }

        return new CorrectiveTurn(Fill(form.Question, claim, truth), Fill(answer, claim, truth), form.Code, polarity, TurnKind.Confirm);
    }

    private string FormName(Claim claim) => claim.Form switch
    {
        ClaimForm.Object => lexicon.Content.Categories[claim.Category].Code == Lexicon.ExistenceCode ? "object" : "scene",
        ClaimForm.Placed => "placed",
        ClaimForm.Attributed => "attributed",
        ClaimForm.AttributedPlaced => "attributed placed",
        ClaimForm.Attribute => "attribute",
        ClaimForm.PlacedAttribute => "placed attribute",
        ClaimForm.Position => "position",
        ClaimForm.Count => "count",
        ClaimForm.Total => "total",
        _ => "relation",
    };

    private string Fill(string pattern, Claim claim, Claim? truth)
    {
        StringBuilder text = new();
        int position = 0;
        while (position < pattern.Length)
        {
            int open = pattern.IndexOf('{', position);
            int close = open < 0 ? -1 : pattern.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            text.Append(pattern, position, open - position).Append(Slot(pattern[(open + 1)..close], claim, truth));
            position = close + 1;
        }

        return PlaceArticles(text.Append(pattern, position, pattern.Length - position).ToString());
    }

    private string Slot(string slot, Claim claim, Claim? truth) => slot switch
    {
        "object" => lexicon.Noun(claim.Category, claim.IsPlural),
        "target" => lexicon.Noun(claim.Target, false),
        "attribute" => Words(claim),
        "true attribute" => Words(truth!),
        "place" => lexicon.Content.Places.Names[claim.Place],
        "true place" => lexicon.Content.Places.Names[truth!.Place],
        "place in image" => $"{lexicon.Content.Places.Names[claim.Place]} {lexicon.Content.PlaceSuffix}",
        "counted" => Counted(claim),
        "true counted" => Counted(truth!),
        "verb" => Verb(claim),
        "true verb" => Verb(truth!),
        "Verb" => Verb(claim) == "is" ? "Is" : "Are",
        "relation" => lexicon.Content.Relations.Names[claim.Relation],
        "true relation" => lexicon.Content.Relations.Names[truth!.Relation],
        _ => ArticleSlot,
    };

    private string Words(Claim claim) => string.Join(" and ", claim.Attributes.Select(lexicon.AttributeName));

    private string Counted(Claim claim) => $"{lexicon.Number(claim.Number)} {lexicon.Noun(claim.Category, claim.Number != 1)}";

    private static string Verb(Claim claim)
    {
        bool isPlural = claim.Form is ClaimForm.Count or ClaimForm.Total ? claim.Number != 1 : claim.IsPlural;
        return isPlural ? "are" : "is";
    }

    // The article depends on the word that came to stand behind it.
    private string PlaceArticles(string text)
    {
        int position;
        while ((position = text.IndexOf(ArticleSlot, StringComparison.Ordinal)) >= 0)
        {
            string rest = text[(position + ArticleSlot.Length)..];
            text = text[..position] + lexicon.Article(rest.TrimStart().TrimEnd('.', '?')) + rest;
        }

        return text;
    }
}
