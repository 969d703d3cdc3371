using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Core.Internal;

/// <summary>Asks an activation to end, from outside.</summary>
public interface IGrainManagementExtension : IGrainExtension
{
    /// <summary>Ends the activation when the running requests have ended.</summary>
    [AlwaysInterleave]
    ValueTask DeactivateOnIdle();
}
