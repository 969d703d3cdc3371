namespace NSft.Storage.Tests;

public sealed class BlobStoreTests(AzuriteFixture azurite) : ObjectStoreContract
{
    protected override IObjectStore Store { get; } = new ObjectStores(azurite.Options).Open(StoreAddress.Parse($"azblob:{AzuriteFixture.NewContainer()}/root"));
}
