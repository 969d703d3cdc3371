using Microsoft.Extensions.Hosting;
using NSft.Grains.Hosting.StateDirectory;

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
}
