using Orleans.Runtime.Placement;

namespace NSft.Grains.Jobs;

/// <summary>A block that a silo works on.</summary>
/// <param name="Block">Index of the block.</param>
/// <param name="Silo">The silo, in the parsable form of its address.</param>
internal readonly record struct JobLease(int Block, string Silo)
{
    /// <summary>Makes a call that places its grain on the lease's silo, unless the grain lives elsewhere already.</summary>
    /// <param name="call">Makes the call and returns its task.</param>
    internal Task<T> CallThereAsync<T>(Func<Task<T>> call)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, SiloAddress.FromParsableString(Silo));
        try
        {
            return call();
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }
}
