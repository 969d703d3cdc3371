using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSft.Collectives;
using NSft.Grains.Hosting.StateDirectory;
using Orleans.Configuration;

namespace NSft.Grains.Hosting.Settings;

/// <summary>Joins or reaches the cluster that the configuration names.</summary>
internal static class ClusteringExtensions
{
    private const string ProviderSection = "Orleans:Clustering";

    /// <summary>Tells Orleans which provider keeps the list of silos, by the names that its packages register. Before the silo or client is added.</summary>
    /// <exception cref="UserInputException">Orleans' own section is there too.</exception>
    internal static void AddClusteringProvider(this IHostApplicationBuilder builder, NSftConfiguration configuration)
    {
        if (builder.Configuration.GetSection(ProviderSection).Exists())
        {
            throw new UserInputException($"configuration section {ProviderSection} is set: NSft takes {ClusteringOptions.Section}:Provider, which sets up the rest");
        }

        if (!configuration.IsNetwork)
        {
            return;
        }

        var isAzure = configuration.ClusteringProvider == ClusteringProvider.Azure;
        var settings = new Dictionary<string, string?>
        {
            [$"{ProviderSection}:ProviderType"] = isAzure ? "AzureTableStorage" : "Redis",
            [$"{ProviderSection}:ConnectionString"] = configuration.ClusterConnectionString,
        };
        if (isAzure)
        {
            settings[$"{ProviderSection}:TableName"] = configuration.Clustering.Table;
        }

        builder.Configuration.AddInMemoryCollection(settings);
    }

    /// <summary>Joins the cluster.</summary>
    internal static void JoinCluster(this ISiloBuilder silo, NSftConfiguration configuration)
    {
        var options = configuration.Silo;
        var clustering = configuration.Clustering;
        switch (configuration.ClusteringProvider)
        {
            case ClusteringProvider.Directory:
                silo.UseStateDirectory(options.StateDirectory!, state =>
                {
                    state.HoldsGrainState = configuration.StateProvider == GrainStateProvider.Directory;
                    state.Membership = MembershipSettings.ForMachine(clustering);
                });
                break;
            case ClusteringProvider.Localhost:
                silo.UseLocalhostClustering(
                    options.SiloPort,
                    options.GatewayPort,
                    new IPEndPoint(IPAddress.Loopback, options.PrimaryPort ?? options.SiloPort),
                    clustering.ServiceId,
                    clustering.ClusterId);
                break;
            default:
                silo.Services.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (clustering.ServiceId, clustering.ClusterId));
                silo.Services.Configure<EndpointOptions>(endpoints => Listen(endpoints, options));
                MembershipSettings.ForNetwork(clustering).Apply(silo.Services);
                break;
        }
    }

    private static void Listen(EndpointOptions endpoints, NSftSiloOptions options)
    {
        endpoints.AdvertisedIPAddress = options.AdvertisedAddress is { } address
            ? IPAddress.Parse(address)
            : Array.Find(Dns.GetHostAddresses(Dns.GetHostName()), one => !IPAddress.IsLoopback(one))
                ?? throw new UserInputException($"the host name {Dns.GetHostName()} has no address that other machines reach: give Silo:AdvertisedAddress");
        endpoints.SiloPort = options.SiloPort;
        endpoints.GatewayPort = options.GatewayPort;
        endpoints.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, options.SiloPort);
        endpoints.GatewayListeningEndpoint = new IPEndPoint(IPAddress.Any, options.GatewayPort);
    }
}
