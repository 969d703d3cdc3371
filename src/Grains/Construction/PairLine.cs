using NSft.Data.Construction;

namespace NSft.Grains.Construction;

/// <summary>A line of a block: what became of a pair, or which earlier pair it is a copy of.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Row">Position of the pair in the data, from 1.</param>
/// <param name="Result">What became of it; null for a copy.</param>
/// <param name="CopyOf">Position in the spool of the pair that has its result; null unless it is a copy.</param>
/// <param name="Image">Image of a copy, which may be another than the original's; null unless it is a copy.</param>
internal sealed record PairLine(string PairId, int Row, PairResult? Result, int? CopyOf = null, string? Image = null);
