namespace NSft.Evaluation.Running;

/// <summary>How likely a model finds an answer.</summary>
/// <param name="LogProbability">Log-probability summed over the answer's tokens and the token that ends it; nats.</param>
/// <param name="TokenCount">Number of those tokens.</param>
public readonly record struct AnswerLikelihood(double LogProbability, int TokenCount);
