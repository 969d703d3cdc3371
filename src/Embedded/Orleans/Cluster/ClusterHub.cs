using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Orleans.Runtime;

/// <summary>
/// A cluster in this process: its membership, grain directory, memory store and transport. It lives from its first silo to
/// its last. A silo that is declared dead leaves the membership first, then the directory, then the transport, so that who
/// sees a call fail finds the grain's new place with the next one.
/// </summary>
internal sealed class ClusterHub
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<ClusterKey, ClusterHub> Clusters = [];

    private readonly ConcurrentDictionary<SiloAddress, Silo> _silos = new();
    private readonly ClusterKey _key;
    private readonly GrainDirectory _directory;

    private ClusterHub(ClusterKey key)
    {
        _key = key;
        _directory = new GrainDirectory(Membership);
        Locator = new InProcessLocator(_directory);
    }

    public MembershipViews Membership { get; } = new();

    public InProcessLocator Locator { get; }

    public MemoryStore Store { get; } = new();

    public ITransport Transport { get; } = new InProcessTransport();

    /// <summary>Enters a silo into its cluster, which starts with its first silo.</summary>
    /// <exception cref="AddressInUseException">Another silo of this process has one of the ports.</exception>
    public static ClusterHub Join(ClusterKey key, Silo silo)
    {
        lock (Gate)
        {
            foreach (Silo other in Clusters.Values.SelectMany(cluster => cluster._silos.Values))
            {
                CheckPort(other.Address.Endpoint.Port, silo.Address.Endpoint.Port);
                CheckPort(other.GatewayAddress?.Endpoint.Port ?? 0, silo.GatewayAddress?.Endpoint.Port ?? 0);
            }

            if (!Clusters.TryGetValue(key, out ClusterHub? hub))
            {
                Clusters[key] = hub = new ClusterHub(key);
            }

            hub._silos[silo.Address] = silo;
            return hub;
        }
    }

    /// <summary>The cluster with a gateway, and that gateway's silo; null if there is none.</summary>
    public static (ClusterHub Hub, SiloAddress Silo)? FindGateway(string serviceId, string clusterId, int port)
    {
        lock (Gate)
        {
            foreach ((ClusterKey key, ClusterHub hub) in Clusters)
            {
                Silo? silo = hub._silos.Values.FirstOrDefault(one => one.IsOpenForClients && one.GatewayAddress?.Endpoint.Port == port);
                if (silo is not null && key.ServiceId == serviceId && key.ClusterId == clusterId)
                {
                    return (hub, silo.Address);
                }
            }

            return null;
        }
    }

    /// <summary>Takes a silo out, whether it stopped or died; harmless when repeated.</summary>
    public void Remove(SiloAddress address)
    {
        Silo? silo;
        lock (Gate)
        {
            _silos.TryRemove(address, out silo);
            if (_silos.IsEmpty && Clusters.TryGetValue(_key, out ClusterHub? current) && current == this)
            {
                Clusters.Remove(_key);
            }
        }

        Membership.Update(address, SiloStatus.Dead);
        _directory.RemoveSilo(address);
        Transport.Detach(address);
        silo?.Kill();
    }

    private static void CheckPort(int taken, int wanted)
    {
        if (wanted != 0 && wanted == taken)
        {
            throw new AddressInUseException(
                $"Failed to bind to address 127.0.0.1:{wanted}: address already in use by a silo of this process.",
                new SocketException((int)SocketError.AddressAlreadyInUse));
        }
    }
}
