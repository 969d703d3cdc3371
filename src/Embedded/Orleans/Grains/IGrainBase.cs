using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain class.</summary>
public interface IGrainBase
{
    /// <summary>The activation that the object is in.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs before the first request.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last request, unless the silo crashes.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
