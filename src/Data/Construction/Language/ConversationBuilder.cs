namespace NSft.Data.Construction.Language;

/// <summary>Makes a conversation of a response that passed all checks.</summary>
internal static class ConversationBuilder
{
    /// <summary>The conversation.</summary>
    /// <param name="pair">Its pair.</param>
    /// <param name="response">The response; nothing in it is null.</param>
    public static CorrectiveConversation Build(PreferencePair pair, LanguageResponse response)
    {
        LanguageError[] errors = [.. response.Errors.Select(error => error!)];
        LanguageTurn[] turns = [.. response.Turns.Select(turn => turn!)];
        ErrorKind[] kinds = [.. errors.Select((error, index) => KindOf(error.Code, [.. turns.Where(turn => turn.Kind == TurnKind.Correct && turn.Error == index)]))];
        return new CorrectiveConversation(pair.Id, pair.Image, kinds, [.. turns.Select(turn => Turn(turn, errors))]);
    }

    private static CorrectiveTurn Turn(LanguageTurn turn, LanguageError[] errors)
    {
        LanguageError? error = turn is { Kind: TurnKind.Correct, Error: int index } ? errors[index] : null;
        return new CorrectiveTurn(TurnCheck.OneLine(turn.Question), TurnCheck.OneLine(turn.Answer), turn.Code, turn.Polarity, turn.Kind)
        {
            Span = error is null ? null : TurnCheck.OneLine(error.Span),
            Fact = error is null ? null : TurnCheck.OneLine(error.Fact),
        };
    }

    // An object that is only affirmed was denied by the rejected answer; one that is denied was invented. Codes of a user's own are "other".
    private static ErrorKind KindOf(string code, LanguageTurn[] corrections)
    {
        if (code == Lexicon.ExistenceCode)
        {
            bool isAffirmed = corrections.Length > 0 && corrections.All(turn => turn.Polarity == TurnPolarity.Yes);
            return isAffirmed ? ErrorKind.Missed : ErrorKind.Invented;
        }

        return code switch
        {
            "attribute" => ErrorKind.Attribute,
            "count" => ErrorKind.Count,
            "position" => ErrorKind.Position,
            "relation" => ErrorKind.Relation,
            "scene" => ErrorKind.Scene,
            "action" => ErrorKind.Action,
            _ => ErrorKind.Other,
        };
    }
}
