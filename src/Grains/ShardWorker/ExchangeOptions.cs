namespace NSft.Grains.ShardWorker;

/// <summary>How gradients travel.</summary>
/// <param name="ChunkBytes">Bytes of one message.</param>
/// <param name="Buffers">Memory of outgoing chunks; used on the worker's thread.</param>
/// <param name="ChunksInFlight">Messages on their way to one peer at a time.</param>
internal sealed record ExchangeOptions(int ChunkBytes, ChunkBuffers Buffers, int ChunksInFlight = ExchangeOptions.DefaultChunksInFlight)
{
    /// <summary>Enough to keep a connection busy while a chunk is read and added.</summary>
    internal const int DefaultChunksInFlight = 4;
}
