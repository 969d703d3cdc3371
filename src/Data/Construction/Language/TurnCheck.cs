using System.Text.RegularExpressions;

namespace NSft.Data.Construction.Language;

/// <summary>Checks the wording of one turn.</summary>
internal static partial class TurnCheck
{
    /// <summary>Longest question and longest answer in words.</summary>
    public const int MostWords = 40;

    private const int MostCharacters = 1000;

    /// <summary>Everything that is wrong with a turn by itself.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="place">How rejections call it.</param>
    /// <param name="pair">Its pair.</param>
    public static IEnumerable<Rejection> Find(LanguageTurn turn, string place, PreferencePair pair)
    {
        string question = turn.Question.Trim();
        if (IsEmptyOrLong(question) || !question.EndsWith('?') || question.Length == 1)
        {
            yield return new Rejection(RejectionReason.Question, $"{place}: the question is empty, longer than 40 words or does not end with a question mark");
        }

        if (IsEmptyOrLong(turn.Answer.Trim()))
        {
            yield return new Rejection(RejectionReason.Answer, $"{place}: the answer is empty or longer than 40 words");
        }
        else if (!FitsPolarity(turn))
        {
            yield return new Rejection(RejectionReason.Polarity, $"{place}: the answer does not start as the polarity \"{ConstructionName.Of(turn.Polarity)}\" says");
        }

        if ((LeakageWords.Find(question, pair) ?? LeakageWords.Find(turn.Answer, pair)) is string word)
        {
            yield return new Rejection(RejectionReason.Leakage, $"{place}: it says \"{word}\", but there is only the image");
        }

        if ((LeakageWords.FindToken(question) ?? LeakageWords.FindToken(turn.Answer)) is string token)
        {
            yield return new Rejection(RejectionReason.TemplateToken, $"{place}: it holds \"{token}\"");
        }
    }

    /// <summary>A text on one line with single spaces.</summary>
    public static string OneLine(string text) => Spaces().Replace(text, " ").Trim();

    private static bool IsEmptyOrLong(string text) =>
        text.Length is 0 or > MostCharacters || text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length > MostWords;

    // "No parking." may answer what a sign says; to "Is ...?" it would be a no under a wrong name.
    private static bool FitsPolarity(LanguageTurn turn)
    {
        string answer = turn.Answer.TrimStart();
        return turn.Polarity switch
        {
            TurnPolarity.Yes => StartsWith(answer, "Yes"),
            TurnPolarity.No => StartsWith(answer, "No"),
            _ => !YesNoQuestion().IsMatch(turn.Question) || !(StartsWith(answer, "Yes") || StartsWith(answer, "No")),
        };
    }

    private static bool StartsWith(string answer, string word) =>
        answer.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (answer.Length == word.Length || !char.IsLetterOrDigit(answer[word.Length]));

    [GeneratedRegex(@"^\s*(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|isn't|aren't|doesn't|don't)\b", RegexOptions.IgnoreCase)]
    private static partial Regex YesNoQuestion();

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Spaces();
}
