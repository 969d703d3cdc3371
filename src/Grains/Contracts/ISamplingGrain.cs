using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>One sampling job; the key names its work directory. Leases blocks of prompts to the devices of all silos until all are answered.</summary>
[Alias("nsft.sampling")]
public interface ISamplingGrain : IGrainWithStringKey
{
    /// <summary>Starts the job and returns at once. A job that runs with the same request goes on; another one is given up first.</summary>
    /// <param name="request">What to sample.</param>
    [Alias("start")]
    Task StartAsync(SamplingRequest request);

    /// <summary>The job as soon as it has more to tell than the caller knows, or after a short while.</summary>
    /// <param name="knownBlocks">Done blocks that the caller knows of.</param>
    /// <param name="knownPhase">Phase the caller knows.</param>
    [Alias("watch"), AlwaysInterleave]
    Task<SamplingStatus> WatchAsync(int knownBlocks, RunPhase knownPhase);

    /// <summary>Ends the job: no further block is leased, models are let go. What is done stays in the work directory.</summary>
    [Alias("close"), AlwaysInterleave]
    Task CloseAsync();
}
