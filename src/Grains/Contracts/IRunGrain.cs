using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>One training run; the key is the run id. Owns plan, membership view and ledger of steps.</summary>
[Alias("nsft.run")]
public interface IRunGrain : IGrainWithStringKey
{
    /// <summary>Starts the run and returns at once. Starting again with the same request changes nothing.</summary>
    /// <param name="request">What to train.</param>
    /// <exception cref="InvalidOperationException">The run was started with another request.</exception>
    [Alias("start")]
    Task StartAsync(RunRequest request);

    /// <summary>The run now.</summary>
    /// <param name="knownSteps">Number of committed steps that the caller knows; later ones are listed.</param>
    [Alias("status"), AlwaysInterleave]
    Task<RunStatus> GetStatusAsync(int knownSteps);

    /// <summary>The run as soon as it has more to tell than the caller knows, or after a short while.</summary>
    /// <param name="knownSteps">Number of committed steps that the caller knows; later ones are listed.</param>
    /// <param name="knownPhase">Phase the caller knows.</param>
    [Alias("watch"), AlwaysInterleave]
    Task<RunStatus> WatchAsync(int knownSteps, RunPhase knownPhase);

    /// <summary>Ends the run between two messages. The step in flight is discarded; nothing is exported.</summary>
    [Alias("cancel"), AlwaysInterleave, ResponseTimeout("00:10:00")]
    Task CancelAsync();
}
