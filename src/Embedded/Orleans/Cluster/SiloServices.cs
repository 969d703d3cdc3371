using Microsoft.Extensions.Options;
using Orleans.Configuration;

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

    /// <summary>Checks the settings and names the cluster.</summary>
    /// <exception cref="OrleansConfigurationException">A setting cannot work here.</exception>
    public ClusterKey Validate()
    {
        Loopback.Require(Endpoints.AdvertisedIPAddress, nameof(EndpointOptions) + "." + nameof(EndpointOptions.AdvertisedIPAddress));
        Loopback.Require(Endpoints.SiloListeningEndpoint?.Address, nameof(EndpointOptions) + "." + nameof(EndpointOptions.SiloListeningEndpoint));
        Loopback.Require(Endpoints.GatewayListeningEndpoint?.Address, nameof(EndpointOptions) + "." + nameof(EndpointOptions.GatewayListeningEndpoint));
        if (membership.Value.PrimarySiloEndpoint is not { } primary)
        {
            throw new OrleansConfigurationException("No clustering is configured: call UseLocalhostClustering.");
        }

        Loopback.Require(primary.Address, "primarySiloEndpoint");
        if (Endpoints.SiloPort is <= 0 or > 65535)
        {
            throw new OrleansConfigurationException($"{nameof(EndpointOptions)}.{nameof(EndpointOptions.SiloPort)} is {Endpoints.SiloPort}; it must be a port.");
        }

        if (Collection.CollectionAge <= Collection.CollectionQuantum)
        {
            throw new OrleansConfigurationException($"{nameof(GrainCollectionOptions.CollectionAge)} ({Collection.CollectionAge}) must be greater than {nameof(GrainCollectionOptions.CollectionQuantum)} ({Collection.CollectionQuantum}).");
        }

        return new ClusterKey(Cluster.ServiceId, Cluster.ClusterId, primary);
    }
}
