namespace NSft.Training.Plans;

/// <summary>Size of an encoded conversation.</summary>
/// <param name="Length">Tokens, image tokens included.</param>
/// <param name="Targets">Tokens that are trained on.</param>
public readonly record struct ConversationShape(int Length, int Targets);
