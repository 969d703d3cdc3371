using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSft.Grains.Contracts;
using Orleans.Configuration;

namespace NSft.Grains.Hosting;

/// <summary>Several silos and a client in this process, on loopback: the cluster that the console runs its work on.</summary>
/// <remarks>
/// Each silo is a host of its own with its own services and ports, so grains talk as they do between machines. Nothing is logged
/// unless <see cref="LocalClusterOptions.ConfigureServices"/> adds a logger.
/// </remarks>
public sealed class LocalCluster : IAsyncDisposable
{
    private const int StartTries = 3;

    private readonly List<IHost> _silos = [];
    private readonly LocalClusterOptions _options;
    private readonly string _clusterId = $"nsft-{Guid.NewGuid():N}";
    private IHost? _clientHost;
    private int _primaryPort;

    private LocalCluster(LocalClusterOptions options) => _options = options;

    /// <summary>Reaches the cluster's grains.</summary>
    public IClusterClient Client => _clientHost!.Services.GetRequiredService<IClusterClient>();

    /// <summary>Number of silos.</summary>
    public int SiloCount => _silos.Count;

    /// <summary>Starts a cluster.</summary>
    /// <param name="siloCount">Number of silos, at least 1.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The running cluster; the caller disposes it.</returns>
    public static Task<LocalCluster> StartAsync(int siloCount, CancellationToken cancellationToken = default) =>
        StartAsync(new LocalClusterOptions { SiloCount = siloCount }, cancellationToken);

    /// <summary>Starts a cluster.</summary>
    /// <param name="options">How many silos, and what their services are besides NSft's.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The running cluster; the caller disposes it.</returns>
    public static async Task<LocalCluster> StartAsync(LocalClusterOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SiloCount, 1, nameof(options));
        for (var attempt = 1; ; attempt++)
        {
            var cluster = new LocalCluster(options);
            try
            {
                await cluster.LaunchAsync(cancellationToken);
                return cluster;
            }
            catch (Exception exception)
            {
                await cluster.DisposeAsync();

                // A port found free can be taken by another process before a silo binds it.
                if (attempt == StartTries || FindCause<SocketException>(exception) is null)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Stops client and silos.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_clientHost is { } client)
        {
            await StopAsync(client);
        }

        // The first silo holds the membership table, so it goes last.
        foreach (var silo in Enumerable.Reverse(_silos))
        {
            await StopAsync(silo);
        }

        _clientHost = null;
        _silos.Clear();
    }

    /// <summary>Takes one silo away without a stop, as a crash does, while the others go on.</summary>
    /// <param name="address">Its address, in the parsable form.</param>
    internal void CrashSilo(string address)
    {
        var host = _silos.Single(silo => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString() == address);
        _silos.Remove(host);
        host.Dispose();
    }

    /// <summary>Adds a silo while the others go on.</summary>
    /// <returns>Its address, in the parsable form.</returns>
    internal async Task<string> AddSiloAsync(CancellationToken cancellationToken = default)
    {
        var ports = FindFreePorts(2);
        var silo = BuildSilo(ports[0], ports[1]);
        _silos.Add(silo);
        await silo.StartAsync(cancellationToken);
        return silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString();
    }

    private static async Task StopAsync(IHost host)
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }

    private static T? FindCause<T>(Exception? exception)
        where T : Exception
    {
        while (exception is not null and not T)
        {
            exception = exception.InnerException;
        }

        return exception as T;
    }

    private static int[] FindFreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            foreach (var listener in listeners)
            {
                listener.Start();
            }

            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var listener in listeners)
            {
                listener.Dispose();
            }
        }
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        var ports = FindFreePorts(2 * _options.SiloCount);
        var gateways = ports[_options.SiloCount..];
        _primaryPort = ports[0];
        for (var index = 0; index < _options.SiloCount; index++)
        {
            var silo = BuildSilo(ports[index], gateways[index]);
            _silos.Add(silo);
            if (index == 0)
            {
                await silo.StartAsync(cancellationToken);
            }
        }

        await Task.WhenAll(_silos.Skip(1).Select(silo => silo.StartAsync(cancellationToken)));
        _clientHost = BuildClient(gateways);
        await _clientHost.StartAsync(cancellationToken);
        await WaitForFleetAsync(_options.SiloCount, cancellationToken);
    }

    /// <summary>Workers are spread over the silos that have announced themselves, so all have to.</summary>
    private async Task WaitForFleetAsync(int siloCount, CancellationToken cancellationToken)
    {
        while ((await Client.GetGrain<IFleetGrain>(FleetKey.Only).GetSilosAsync()).Length < siloCount)
        {
            await Task.Delay(10, cancellationToken);
        }
    }

    private IHost BuildSilo(int siloPort, int gatewayPort)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort, new IPEndPoint(IPAddress.Loopback, _primaryPort), _clusterId, _clusterId);
            silo.AddNSft();
            silo.Services.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = _options.ResponseTimeout);
            _options.ConfigureServices?.Invoke(silo.Services);
        });
        return builder.Build();
    }

    private IHost BuildClient(int[] gateways)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(gateways, _clusterId, _clusterId);
            client.Services.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = _options.ResponseTimeout);
        });
        return builder.Build();
    }
}
