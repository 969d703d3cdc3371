using NSft.Storage;

namespace NSft.Tests.Stores;

/// <summary>Stores whose requests fail as a test says.</summary>
/// <param name="stores">The stores.</param>
/// <param name="faults">What goes wrong.</param>
internal sealed class FaultyStores(IObjectStores stores, StoreFaults faults) : IObjectStores
{
    public IObjectStore Open(StoreAddress address) => new FaultyStore(stores.Open(address), address, faults);
}
