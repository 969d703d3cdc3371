using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace NSft.Grains.Hosting.StateDirectory;

/// <summary>Starts silos whose ports were free a moment ago, on a machine that may be busy.</summary>
public static class SiloStart
{
    private const int Tries = 5;

    /// <summary>
    /// Builds and starts a host; once more, with other ports, if another process has taken one of its ports meanwhile, or if the
    /// other silos have declared it dead before it was active.
    /// </summary>
    /// <param name="build">Makes the host; is called for each try.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The running host; the caller disposes it.</returns>
    public static async Task<IHost> StartAsync(Func<IHost> build, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(build);
        for (var attempt = 1; ; attempt++)
        {
            var host = build();
            try
            {
                await host.StartAsync(cancellationToken);
                return host;
            }
            catch (Exception exception)
            {
                host.Dispose();
                if (attempt == Tries || !MayPass(exception))
                {
                    throw;
                }
            }
        }
    }

    private static bool MayPass(Exception? exception) => exception switch
    {
        null or OrleansConfigurationException => false,
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } or OrleansException => true,
        _ => MayPass(exception.InnerException),
    };
}
