namespace NSft.Data.Construction.Language;

/// <summary>An error of a rejected answer as a language model lists it.</summary>
/// <param name="Code">Codebook entry.</param>
/// <param name="Span">Words of the rejected answer that are wrong.</param>
/// <param name="Fact">What is true instead.</param>
/// <param name="Severity">1 for a detail to 3 for the meaning of the whole image.</param>
internal sealed record LanguageError(string Code, string Span, string Fact, int Severity);
