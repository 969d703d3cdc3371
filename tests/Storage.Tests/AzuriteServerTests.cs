using Azure.Storage.Blobs;
using NSft.Tests.Servers;

namespace NSft.Storage.Tests;

public sealed class AzuriteServerTests
{
    [Fact]
    public async Task RestartAsync_AfterAStop_HasWhatWasStoredOnTheSamePort()
    {
        await using AzuriteServer azurite = await AzuriteServer.StartAsync();
        BlobContainerClient container = new(azurite.ConnectionString, "things");
        await container.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        int port = azurite.Port;

        await azurite.RestartAsync();

        Assert.Equal(port, azurite.Port);
        Assert.True(await container.ExistsAsync(TestContext.Current.CancellationToken));
    }
}
