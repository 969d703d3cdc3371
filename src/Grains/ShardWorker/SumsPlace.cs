using NSft.Collectives;

namespace NSft.Grains.ShardWorker;

/// <summary>Where a worker's sums of one try are.</summary>
/// <param name="Generation">Their generation; when the accumulator is in another one they are gone.</param>
/// <param name="Segment">The segment that peers of this host may read; null where there is none, or none is wanted.</param>
internal sealed record SumsPlace(long Generation, SegmentName? Segment);
