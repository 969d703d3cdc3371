namespace NSft.Training.Plans;

/// <summary>What a plan needs to know of a sample.</summary>
/// <param name="Chosen">The conversation with the chosen answer.</param>
/// <param name="Other">The corrective conversation (nSFT) or the one with the rejected answer (DPO); empty where there is none.</param>
public readonly record struct SampleShape(ConversationShape Chosen, ConversationShape Other);
