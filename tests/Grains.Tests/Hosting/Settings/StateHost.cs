using System.Net;
using System.Net.Sockets;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSft.Grains.Hosting;
using NSft.Grains.Hosting.Settings;
using NSft.Storage;
using Orleans.Hosting;
using Orleans.Storage;

namespace NSft.Grains.Tests.Hosting.Settings;

/// <summary>A silo that is there for its storage of grain state.</summary>
internal sealed class StateHost : IDisposable
{
    private readonly IHost _host;

    private StateHost(IHost host) => _host = host;

    internal IGrainStorage Storage => _host.Services.GetRequiredKeyedService<IGrainStorage>(GrainStorageNames.State);

    internal static StateHost Build(Action<ISiloBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            var (first, second) = FreePorts();
            silo.UseLocalhostClustering(first, second);
            configure(silo);
        });
        return new StateHost(builder.Build());
    }

    internal static StateHost InBlobs(StorageOptions storage, string container, Action<BlobClientOptions>? change = null) =>
        Build(silo => silo.AddBlobGrainState(new GrainStateOptions { Container = container }, storage, change));

    internal Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public void Dispose() => _host.Dispose();

    private static (int First, int Second) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
