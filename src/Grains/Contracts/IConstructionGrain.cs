using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>
/// One construction job; the key is the job id. Splits pairs into blocks and leases them to tasks on all silos. Results go to the job's
/// directory, so the job goes on from there on another silo when this one dies, and with a later command when this one is cancelled.
/// </summary>
[Alias("nsft.construction")]
public interface IConstructionGrain : IGrainWithStringKey
{
    /// <summary>Starts the job and returns at once. The same request again changes nothing; that of a later command takes the job over.</summary>
    /// <param name="request">What to construct.</param>
    [Alias("start")]
    Task StartAsync(ConstructionRequest request);

    /// <summary>The job as soon as it has more to tell than the caller knows, or after a short while.</summary>
    /// <param name="knownBlocks">Done blocks that the caller knows of.</param>
    /// <param name="knownPhase">Phase the caller knows.</param>
    [Alias("watch"), AlwaysInterleave]
    Task<ConstructionStatus> WatchAsync(int knownBlocks, RunPhase knownPhase);

    /// <summary>Ends the job if it has not ended: no further block is leased, and what is being constructed stops.</summary>
    [Alias("close"), AlwaysInterleave]
    Task CloseAsync();
}
