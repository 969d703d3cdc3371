using NSft.Storage;
using NSft.Tests.Servers;

namespace NSft.Grains.Tests.Hosting.Settings;

/// <summary>One Azurite for the tests of a class; each uses a container of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteServer? _server;

    public AzuriteServer Server => _server!;

    public StorageOptions Options => new() { ConnectionString = Server.ConnectionString };

    public async ValueTask InitializeAsync() => _server = await AzuriteServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
