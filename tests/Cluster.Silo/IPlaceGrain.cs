using Orleans;
using Orleans.Concurrency;
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
    [AlwaysInterleave]
    Task<SiloAddress> Wait(TimeSpan time);

    /// <summary>Lets another grain wait.</summary>
    [AlwaysInterleave]
    Task<SiloAddress> AskToWait(IPlaceGrain other, TimeSpan time);

    /// <summary>How many calls wait.</summary>
    [AlwaysInterleave]
    Task<int> Waiting();

    /// <summary>Counts in stored state.</summary>
    Task<int> Increment();

    /// <summary>The stored count.</summary>
    Task<int> Count();

    /// <summary>Calls another grain.</summary>
    Task<SiloAddress> Ask(IPlaceGrain other);

    /// <summary>Returns what it gets.</summary>
    Task<byte[]> Echo(byte[] payload);

    /// <summary>Waits until the silo sees another one in a state or a later one, and returns what it sees.</summary>
    [AlwaysInterleave]
    Task<SiloStatus> WaitUntil(SiloAddress silo, SiloStatus status);

    /// <summary>Ends the activation.</summary>
    Task End();
}
