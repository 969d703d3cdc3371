using NSft.Collectives;

namespace NSft.Grains.ShardWorker;

/// <summary>A chunk to be sent.</summary>
/// <param name="Kind">What of the chunk.</param>
/// <param name="Chunk">The chunk.</param>
internal readonly record struct Parcel(ParcelKind Kind, ReduceChunk Chunk)
{
    /// <summary>Whether one message can tell of both.</summary>
    internal bool IsFollowedBy(Parcel next) =>
        Kind == next.Kind && Chunk.Owner == next.Chunk.Owner && Chunk.Index + 1 == next.Chunk.Index;
}
