using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Storage;

namespace NSft.Grains.Hosting.StateDirectory;

/// <summary>Clusters of processes on one machine that find each other through a directory.</summary>
public static class StateDirectoryExtensions
{
    private const string ClusterName = "nsft";
    private const int FirstPort = 15_000;
    private const int EndOfPorts = 32_000;
    private const int PortTries = 100;

    /// <summary>
    /// Joins the cluster of a directory: members, gateways and grain state are files there. The silo takes free ports; another
    /// process can still take one first, see <see cref="SiloStart"/>.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="path">The directory; made when it is not there.</param>
    /// <param name="configure">Changes the settings; null for the defaults.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder UseStateDirectory(this ISiloBuilder builder, string path, Action<StateDirectoryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = AddFiles(builder.Services, path, configure);
        builder.Services.AddSingleton<IMembershipTable>(services => services.GetRequiredService<FileMembershipTable>());
        if (options.HoldsGrainState)
        {
            builder.Services.AddKeyedSingleton<IGrainStorage>(
                GrainStorageNames.State, (services, _) => ActivatorUtilities.CreateInstance<FileGrainStorage>(services, GrainStorageNames.State));
        }

        // Looked for late, so that they are still free, but once, so that all who read the options see the same.
        var ports = new Lazy<(int Silo, int Gateway)>(FindFreePorts);
        builder.Services.Configure<EndpointOptions>(endpoints =>
        {
            endpoints.AdvertisedIPAddress = IPAddress.Loopback;
            (endpoints.SiloPort, endpoints.GatewayPort) = ports.Value;
        });
        options.Membership.Apply(builder.Services);
        return builder;
    }

    /// <summary>Connects to the cluster of a directory.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="path">The directory.</param>
    /// <param name="configure">Changes the settings; null for the defaults.</param>
    /// <returns>The client.</returns>
    public static IClientBuilder UseStateDirectory(this IClientBuilder builder, string path, Action<StateDirectoryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = AddFiles(builder.Services, path, configure);
        builder.Services.AddSingleton<IGatewayListProvider, FileGatewayListProvider>();
        builder.Services.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = options.Membership.TableRefresh);
        return builder;
    }

    private static StateDirectoryOptions AddFiles(IServiceCollection services, string path, Action<StateDirectoryOptions>? configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var options = new StateDirectoryOptions { Path = Path.GetFullPath(path) };
        configure?.Invoke(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options));
        services.AddSingleton<FileMembershipTable>();
        services.Configure<ClusterOptions>(cluster => cluster.ServiceId = cluster.ClusterId = ClusterName);
        return options;
    }

    /// <summary>Ports below those that the system gives to outgoing connections, chosen at random so that silos seldom meet.</summary>
    private static (int Silo, int Gateway) FindFreePorts()
    {
        for (var attempt = 0; attempt < PortTries; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(FirstPort, EndOfPorts);
            if (IsFree(port) && IsFree(port + 1))
            {
                return (port, port + 1);
            }
        }

        throw new SocketException((int)SocketError.AddressAlreadyInUse, $"No free pair of ports was found between {FirstPort} and {EndOfPorts}.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
