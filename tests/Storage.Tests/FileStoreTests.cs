namespace NSft.Storage.Tests;

public sealed class FileStoreTests : ObjectStoreContract
{
    private IObjectStore? _store;

    protected override IObjectStore Store => _store ??= new ObjectStores(new StorageOptions()).Open(StoreAddress.Parse(Path.Combine(Local, "store")));
}
