namespace NSft.Data.Construction;

/// <summary>A part of a set that is built by itself.</summary>
/// <param name="Index">Position among the blocks, from 0; results are put together in this order.</param>
/// <param name="Pairs">The pairs.</param>
/// <param name="Statistics">Statistics of the whole set, with the references of this block's images.</param>
public sealed record ConstructionBlock(int Index, IReadOnlyList<PreferencePair> Pairs, ConstructionStatistics Statistics);
