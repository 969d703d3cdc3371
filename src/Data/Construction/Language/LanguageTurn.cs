namespace NSft.Data.Construction.Language;

/// <summary>A turn as a language model writes it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Code">Codebook entry.</param>
/// <param name="Polarity">How it says it is answered.</param>
/// <param name="Kind">Why it is asked.</param>
/// <param name="Error">Position of the error that it corrects, from 0; null for none.</param>
internal sealed record LanguageTurn(string Question, string Answer, string Code, TurnPolarity Polarity, TurnKind Kind, int? Error);
