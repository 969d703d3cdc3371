using Orleans;
using Orleans.Concurrency;

namespace NSft.Benches;

/// <summary>Takes chunks, as an owner of a reduction does.</summary>
internal interface IWireGrain : IGrainWithIntegerKey
{
    /// <summary>Nothing, for the time of the call itself.</summary>
    [AlwaysInterleave]
    Task PingAsync();

    /// <summary>Takes a chunk; the answer is its length.</summary>
    [AlwaysInterleave]
    Task<int> TakeAsync([Immutable] ReadOnlyMemory<byte> chunk);
}
