using NSft.Tests.Servers;

[assembly: AssemblyFixture(typeof(NSft.Storage.Tests.AzuriteFixture))]

namespace NSft.Storage.Tests;

/// <summary>One Azurite for all tests; each uses a container of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteServer? _server;

    public AzuriteServer Server => _server!;

    /// <summary>Options that reach it, with small blocks and short limits.</summary>
    public StorageOptions Options => OptionsAt(Server.Port);

    public static string NewContainer() => $"test-{Guid.NewGuid():N}";

    /// <summary>Options that reach it by way of a proxy.</summary>
    public StorageOptions OptionsAt(int port) => new()
    {
        ConnectionString = Server.ConnectionStringAt(port),
        BlockBytes = 64 << 10,
        Concurrency = 4,
        RetryLimit = TimeSpan.FromSeconds(30),
    };

    public async ValueTask InitializeAsync() => _server = await AzuriteServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
