using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>A worker without a model, which exchanges sums as shard workers do and times it. The key is the worker's name.</summary>
[Alias("nsft.exchange-bench")]
public interface IExchangeBenchGrain : IGrainWithStringKey
{
    /// <summary>Makes room for sums; those of before are freed.</summary>
    /// <param name="request">Seat, peers and size.</param>
    [Alias("open"), ResponseTimeout("00:05:00")]
    Task OpenAsync(ExchangeBenchRequest request);

    /// <summary>Begins an exchange and fills the sums with numbers that tell the seat.</summary>
    /// <param name="ticket">The exchange.</param>
    [Alias("fill"), ResponseTimeout("00:05:00")]
    Task FillAsync(StepTicket ticket);

    /// <summary>Exchanges the sums.</summary>
    /// <param name="ticket">The exchange.</param>
    /// <returns>Seconds until this worker had all totals and all peers had taken its own.</returns>
    [Alias("run"), ResponseTimeout("00:05:00")]
    Task<double> RunAsync(StepTicket ticket);

    /// <summary>Compares all totals with what they must be.</summary>
    /// <returns>Whether all are right.</returns>
    [Alias("check"), ResponseTimeout("00:05:00")]
    Task<bool> CheckAsync();

    /// <summary>Takes a peer's partial sum of a chunk that this worker owns.</summary>
    /// <param name="chunk">The chunk.</param>
    [Alias("partial"), AlwaysInterleave]
    Task<AcceptOutcome> AcceptPartialAsync(ChunkMessage chunk);

    /// <summary>Takes the sum of a chunk from its owner.</summary>
    /// <param name="chunk">The chunk.</param>
    [Alias("sum"), AlwaysInterleave]
    Task<AcceptOutcome> AcceptSumAsync(ChunkMessage chunk);
}
