using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>One construction job; the key is the job id. Splits pairs into blocks, leases them to tasks on all silos, keeps their results in order.</summary>
[Alias("nsft.construction")]
public interface IConstructionGrain : IGrainWithStringKey
{
    /// <summary>Starts the job and returns at once. Starting again changes nothing.</summary>
    /// <param name="request">What to construct.</param>
    [Alias("start")]
    Task StartAsync(ConstructionRequest request);

    /// <summary>The job as soon as it has more to tell than the caller knows, or after a short while.</summary>
    /// <param name="knownBlocks">Done blocks that the caller knows of.</param>
    /// <param name="knownPhase">Phase the caller knows.</param>
    [Alias("watch"), AlwaysInterleave]
    Task<ConstructionStatus> WatchAsync(int knownBlocks, RunPhase knownPhase);

    /// <summary>A block's conversations, as JSON.</summary>
    /// <param name="block">Index of the block.</param>
    /// <exception cref="InvalidOperationException">The block is not done.</exception>
    [Alias("read"), AlwaysInterleave]
    Task<string> ReadAsync(int block);

    /// <summary>Ends the job: no further block is leased, and results are forgotten.</summary>
    [Alias("close"), AlwaysInterleave]
    Task CloseAsync();
}
