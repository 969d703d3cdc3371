using NSft.Collectives;

namespace NSft.Storage;

/// <summary>Opens stores at addresses; one per process, which keeps the connections of each account.</summary>
public interface IObjectStores
{
    /// <summary>The objects at an address. Opening does no request; a missing container is made by the first write.</summary>
    /// <exception cref="UserInputException">The address has no account and none is configured.</exception>
    IObjectStore Open(StoreAddress address);
}
