namespace NSft.Data.Construction.Language;

/// <summary>A response of a language model with the fields that could be read.</summary>
/// <param name="Errors">Errors in order; null where an entry could not be read.</param>
/// <param name="Turns">Turns in order; null where an entry could not be read.</param>
/// <param name="SaysNoError">Whether it says that nothing is wrong; null when it does not say.</param>
internal sealed record LanguageResponse(IReadOnlyList<LanguageError?> Errors, IReadOnlyList<LanguageTurn?> Turns, bool? SaysNoError);
