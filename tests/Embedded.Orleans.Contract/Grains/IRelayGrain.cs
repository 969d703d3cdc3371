namespace NSft.Embedded.Orleans.Contract;

/// <summary>A grain that calls other grains.</summary>
internal interface IRelayGrain : IGrainWithIntegerKey
{
    Task<string> Ask(IProbeGrain other, string text);

    Task<IProbeGrain> MakeReference(string key);

    Task<SiloAddress> WhereIs(string probe);

    Task<SiloAddress> WhereAmI();

    Task<string?> ContextValue(string key);

    Task<string?> ContextValueOfOther(long other, string key);

    Task<bool> ReturnsToScheduler();

    Task<string> CallBackThrough(long other, bool allow);

    Task<string> CallOther(long caller);

    Task<string> Leaf();
}
