namespace NSft.Data.Construction.Reporting;

/// <summary>A word of a text.</summary>
/// <param name="Class">What it is.</param>
/// <param name="Lemma">Its base form in lower case: singular, infinitive.</param>
public readonly record struct TaggedWord(WordClass Class, string Lemma);
