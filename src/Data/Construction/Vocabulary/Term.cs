namespace NSft.Data.Construction.Vocabulary;

/// <summary>A meaning of a phrase.</summary>
/// <param name="Role">What the phrase does.</param>
/// <param name="Index">Which category, group, place, relation or number; 0 for roles without an index.</param>
/// <param name="Value">Which value of an attribute group.</param>
/// <param name="Form">Grammatical number of a noun.</param>
internal readonly record struct Term(TermRole Role, int Index = 0, int Value = 0, WordForm Form = WordForm.Singular);
