using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using Azure.Identity;
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
    private const string TablesKey = "nsft-clustering";

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

        if (isAzure && configuration.Clustering.AccountUri is { } account)
        {
            // The provider takes an identity only as part of a client that it finds under a key.
            settings[$"{ProviderSection}:ServiceKey"] = TablesKey;
            var identity = new DefaultAzureCredentialOptions
            {
                ManagedIdentityClientId = configuration.Clustering.ManagedIdentityClientId,
                WorkloadIdentityClientId = configuration.Clustering.ManagedIdentityClientId,
            };
            builder.Services.AddKeyedSingleton(TablesKey, new TableServiceClient(account, new DefaultAzureCredential(identity)));
        }

        builder.Configuration.AddInMemoryCollection(settings);
    }

    /// <summary>Adds a silo or client, which reads the section; what it cannot use is told in the words of the configuration.</summary>
    /// <exception cref="UserInputException">The provider cannot be had.</exception>
    internal static void SetUp(this NSftConfiguration configuration, Action add)
    {
        try
        {
            add();
        }
        catch (Exception exception) when (configuration.IsNetwork && exception is OrleansConfigurationException or InvalidOperationException)
        {
            throw new UserInputException($"{ClusteringOptions.Section}:{nameof(ClusteringOptions.Provider)} {configuration.ClusteringProvider} cannot be had: {exception.Message}", exception);
        }
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

    private static IPAddress? OwnAddress() => Dns.GetHostAddresses(Dns.GetHostName())
        .Where(address => !IPAddress.IsLoopback(address))
        .MinBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1);

    private static void Listen(EndpointOptions endpoints, NSftSiloOptions options)
    {
        endpoints.AdvertisedIPAddress = options.AdvertisedAddress is { } address
            ? IPAddress.Parse(address)
            : OwnAddress()
                ?? throw new UserInputException($"the host name {Dns.GetHostName()} has no address that other machines reach: give Silo:AdvertisedAddress");
        endpoints.SiloPort = options.SiloPort;
        endpoints.GatewayPort = options.GatewayPort;
        endpoints.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, options.SiloPort);
        endpoints.GatewayListeningEndpoint = new IPEndPoint(IPAddress.Any, options.GatewayPort);
    }
}
