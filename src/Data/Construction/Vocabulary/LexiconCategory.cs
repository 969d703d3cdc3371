namespace NSft.Data.Construction.Vocabulary;

/// <summary>A kind of object.</summary>
/// <param name="Name">As it is written in questions and answers.</param>
/// <param name="Plural">The same for several.</param>
/// <param name="Code">Codebook entry that its existence belongs to: <c>existence</c>, or <c>scene</c> for settings.</param>
internal sealed record LexiconCategory(string Name, string Plural, string Code);
