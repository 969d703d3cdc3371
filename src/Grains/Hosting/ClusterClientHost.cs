using Microsoft.Extensions.Hosting;
using NSft.Grains.Hosting.Settings;
using NSft.Grains.Hosting.StateDirectory;
using Orleans.Configuration;

namespace NSft.Grains.Hosting;

/// <summary>Hosts of clients of a cluster of processes.</summary>
public static class ClusterClientHost
{
    /// <summary>Makes a client of the cluster of a state directory; it is not started.</summary>
    /// <param name="stateDirectory">Full path of the directory.</param>
    public static IHost Build(string stateDirectory)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client.UseStateDirectory(stateDirectory));
        return builder.Build();
    }

    /// <summary>Makes a client of a cluster of several machines; it is not started.</summary>
    /// <param name="configuration">Names the cluster.</param>
    /// <exception cref="Collectives.UserInputException">The configuration cannot be used.</exception>
    public static IHost Build(NSftConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.EnsureClient();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var clustering = configuration.Clustering;
        builder.AddClusteringProvider(configuration);
        configuration.SetUp(() => builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (clustering.ServiceId, clustering.ClusterId));
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = MembershipSettings.ForNetwork(clustering).TableRefresh);
        }));
        return builder.Build();
    }
}
