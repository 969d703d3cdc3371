namespace NSft.Grains.ShardWorker;

/// <summary>How sums travel.</summary>
/// <param name="ChunkBytes">Bytes of one message.</param>
/// <param name="Buffers">Memory of outgoing chunks, the worker's.</param>
/// <param name="Transport">Whether peers of this host may read our memory.</param>
/// <param name="ChunksInFlight">Messages on their way to one peer at a time.</param>
internal sealed record ExchangeOptions(
    int ChunkBytes,
    ChunkBuffers Buffers,
    ExchangeTransport Transport = ExchangeTransport.Auto,
    int ChunksInFlight = ExchangeOptions.DefaultChunksInFlight)
{
    /// <summary>Enough to keep a connection busy while a chunk is read and added.</summary>
    internal const int DefaultChunksInFlight = 4;
}
