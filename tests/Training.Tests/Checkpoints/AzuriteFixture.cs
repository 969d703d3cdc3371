using NSft.Tests.Servers;

namespace NSft.Training.Tests.Checkpoints;

/// <summary>One Azurite for all tests; each uses a container of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteServer? _server;

    public AzuriteServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await AzuriteServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
