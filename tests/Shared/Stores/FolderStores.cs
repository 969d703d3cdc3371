using NSft.Storage;

namespace NSft.Tests.Stores;

/// <summary>Stores at addresses of blobs, without a service: the objects lie in folders of a test.</summary>
/// <param name="root">The folder of all containers.</param>
internal sealed class FolderStores(string root) : IObjectStores
{
    private readonly ObjectStores _folders = new(new StorageOptions());

    /// <summary>What goes wrong with the next requests.</summary>
    public StoreFaults Faults { get; } = new();

    /// <summary>Where the objects at an address are.</summary>
    public string At(StoreAddress address) => Path.Combine(root, address.Container, address.Path);

    public IObjectStore Open(StoreAddress address) => new FaultyStore(_folders.Open(StoreAddress.Parse(At(address))), address, Faults);
}
