namespace NSft.Evaluation.Running;

/// <summary>What a model answered.</summary>
/// <param name="Text">The answer without control tokens and white space around it.</param>
/// <param name="Ids">The new ids; the end token is the last one unless the answer was cut.</param>
public sealed record GeneratedAnswer(string Text, IReadOnlyList<int> Ids);
