namespace NSft.Grains.Sampling;

/// <summary>What a block holds, in numbers.</summary>
/// <param name="Completions">Completions.</param>
/// <param name="Tokens">Their tokens.</param>
internal sealed record SampleTally(long Completions, long Tokens);
