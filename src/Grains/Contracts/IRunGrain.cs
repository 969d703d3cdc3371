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

    /// <summary>The run now. Wakes up a run that lost its coordinator.</summary>
    /// <param name="knownSteps">Number of committed steps that the caller knows; later ones are listed.</param>
    [Alias("status"), AlwaysInterleave]
    Task<RunStatus> GetStatusAsync(int knownSteps);

    /// <summary>The run as soon as it has more to tell than the caller knows, or after a short while.</summary>
    /// <param name="knownSteps">Number of committed steps that the caller knows; later ones are listed.</param>
    /// <param name="knownPhase">Phase the caller knows.</param>
    [Alias("watch"), AlwaysInterleave]
    Task<RunStatus> WatchAsync(int knownSteps, RunPhase knownPhase);

    /// <summary>Wants another number of workers; the result does not depend on it.</summary>
    /// <param name="workers">At least 1.</param>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    [Alias("scale"), AlwaysInterleave]
    Task ScaleAsync(int workers);

    /// <summary>Stops after the step in flight; workers stay.</summary>
    [Alias("pause"), AlwaysInterleave]
    Task PauseAsync();

    /// <summary>Goes on after a pause.</summary>
    [Alias("resume"), AlwaysInterleave]
    Task ResumeAsync();

    /// <summary>Ends the run between two messages. The step in flight is discarded; nothing is exported.</summary>
    [Alias("cancel"), AlwaysInterleave, ResponseTimeout("00:10:00")]
    Task CancelAsync();

    /// <summary>Takes the workers of a silo out at the next step boundary; returns when none is there any more.</summary>
    /// <param name="silo">The silo, in the parsable form of its address.</param>
    [Alias("drain"), AlwaysInterleave, ResponseTimeout("00:10:00")]
    Task DrainAsync(string silo);

    /// <summary>Whether a worker belongs to the run; one that does not lets itself go.</summary>
    /// <param name="workerKey">Key of the worker.</param>
    [Alias("knows"), AlwaysInterleave]
    Task<bool> KnowsAsync(string workerKey);

    /// <summary>Events after a known one, in order.</summary>
    /// <param name="after">Sequence number of the last event known; 0 for all.</param>
    [Alias("events"), AlwaysInterleave]
    Task<RunEventMessage[]> ReadEventsAsync(long after);

    /// <summary>All views in the order they began: view k computed the steps from its first one to before the first step of any later view.</summary>
    [Alias("views"), AlwaysInterleave]
    Task<ViewMessage[]> GetViewsAsync();
}
