using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.ShardWorker;

/// <summary>A worker as its peers see it during an exchange.</summary>
internal interface IExchangePeer
{
    /// <summary>Offers our sums of a chunk that the peer owns.</summary>
    Task<AcceptOutcome> AcceptPartialAsync(ChunkMessage chunk);

    /// <summary>Offers the total of a chunk that we own.</summary>
    Task<AcceptOutcome> AcceptSumAsync(ChunkMessage chunk);

    /// <summary>Offers the updated weights of a chunk that we own.</summary>
    Task<AcceptOutcome> AcceptWeightsAsync(ChunkMessage chunk);
}
