namespace NSft.Data.Construction.Vocabulary;

/// <summary>How a claim is asked and answered; the texts hold slots in braces.</summary>
/// <param name="Code">Codebook entry that the form belongs to.</param>
/// <param name="Question">The question.</param>
/// <param name="Yes">Answer when the claim is true.</param>
/// <param name="No">Answer when it is not.</param>
internal sealed record QuestionForm(string Code, string Question, string Yes, string No);
