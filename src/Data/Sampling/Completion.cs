namespace NSft.Data.Sampling;

/// <summary>One answer that a model gave.</summary>
/// <param name="Text">The answer.</param>
/// <param name="TokenCount">Tokens of the answer, with the one that ends it.</param>
/// <param name="IsTruncated">Whether the answer was cut at the longest allowed.</param>
public sealed record Completion(string Text, int TokenCount, bool IsTruncated);
