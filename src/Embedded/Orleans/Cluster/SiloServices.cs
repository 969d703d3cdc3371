using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>The settings of a silo, checked.</summary>
internal sealed class SiloServices(
    IOptions<ClusterOptions> cluster,
    IOptions<EndpointOptions> endpoints,
    IOptions<DevelopmentClusterMembershipOptions> membership,
    IOptions<SiloOptions> silo,
    IOptions<SiloMessagingOptions> messaging,
    IOptions<GrainCollectionOptions> collection)
{
    public ClusterOptions Cluster => cluster.Value;

    public EndpointOptions Endpoints => endpoints.Value;

    public SiloOptions Silo => silo.Value;

    public SiloMessagingOptions Messaging => messaging.Value;

    public GrainCollectionOptions Collection => collection.Value;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="OrleansConfigurationException">A setting cannot work here.</exception>
    public void Validate(IServiceProvider services)
    {
        foreach (IConfigurationValidator validator in services.GetServices<IConfigurationValidator>())
        {
            validator.ValidateConfiguration();
        }

        Loopback.Require(Endpoints.AdvertisedIPAddress, nameof(EndpointOptions) + "." + nameof(EndpointOptions.AdvertisedIPAddress));
        Loopback.Require(Endpoints.SiloListeningEndpoint?.Address, nameof(EndpointOptions) + "." + nameof(EndpointOptions.SiloListeningEndpoint));
        Loopback.Require(Endpoints.GatewayListeningEndpoint?.Address, nameof(EndpointOptions) + "." + nameof(EndpointOptions.GatewayListeningEndpoint));
        Loopback.Require(membership.Value.PrimarySiloEndpoint?.Address, "primarySiloEndpoint");
        if (Endpoints.SiloPort is <= 0 or > 65535)
        {
            throw new OrleansConfigurationException($"{nameof(EndpointOptions)}.{nameof(EndpointOptions.SiloPort)} is {Endpoints.SiloPort}; it must be a port.");
        }

        if (Collection.CollectionAge <= Collection.CollectionQuantum)
        {
            throw new OrleansConfigurationException($"{nameof(GrainCollectionOptions.CollectionAge)} ({Collection.CollectionAge}) must be greater than {nameof(GrainCollectionOptions.CollectionQuantum)} ({Collection.CollectionQuantum}).");
        }
    }

    /// <summary>Reaches the stores of state, so that a silo that cannot keep state never joins.</summary>
    public static async Task PrepareStoragesAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (IPreparedStorage storage in services.GetServices<IPreparedStorage>())
        {
            await storage.PrepareAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The cluster that a silo is to join: that of the membership table if there is one, else the one in this process.</summary>
    /// <exception cref="OrleansConfigurationException">Neither is configured, or a store cannot work there.</exception>
    public ICluster ClusterOf(Silo owner)
    {
        if (owner.Services.GetService<IMembershipTable>() is { } table)
        {
            MemoryGrainStorage.RefuseIn(owner.Services);
            ITransport transport = ProcessTransport.Open(Cluster, owner.Time, owner.Logger);
            return new TableCluster(owner, table, transport, owner.Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value);
        }

        return membership.Value.PrimarySiloEndpoint is { } primary
            ? new InProcessCluster(owner, new ClusterKey(Cluster.ServiceId, Cluster.ClusterId, primary))
            : throw new OrleansConfigurationException("No clustering is configured: call UseLocalhostClustering or register an IMembershipTable.");
    }
}
