using Orleans;
using Orleans.Runtime;

namespace NSft.Cluster.Silo;

/// <summary>Tells where it is and counts.</summary>
public interface IPlaceGrain : IGrainWithStringKey
{
    /// <summary>The grain's silo.</summary>
    Task<SiloAddress> WhereAmI();

    /// <summary>The grain's activation.</summary>
    Task<Guid> ActivationKey();

    /// <summary>Ends after a time.</summary>
    Task<SiloAddress> Wait(TimeSpan time);

    /// <summary>Counts in stored state.</summary>
    Task<int> Increment();

    /// <summary>The stored count.</summary>
    Task<int> Count();

    /// <summary>Calls another grain.</summary>
    Task<SiloAddress> Ask(IPlaceGrain other);

    /// <summary>Returns what it gets.</summary>
    Task<byte[]> Echo(byte[] payload);

    /// <summary>Waits until the silo sees another one in a state or a later one, and returns what it sees.</summary>
    Task<SiloStatus> WaitUntil(SiloAddress silo, SiloStatus status);

    /// <summary>Ends the activation.</summary>
    Task End();
}
