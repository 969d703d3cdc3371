using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSft.Collectives;
using NSft.Silo.Health;

namespace NSft.Silo;

/// <summary>A silo as a process of its own, which ends when the silo does: what a container runs.</summary>
internal static class SiloApplication
{
    /// <summary>Answers, joins, and runs until the host is asked to stop and has left.</summary>
    /// <param name="host">The silo's host, not started.</param>
    /// <param name="http">Where it answers about itself.</param>
    /// <param name="health">Is told how the silo fares.</param>
    /// <exception cref="UserInputException">The address to answer on cannot be had.</exception>
    public static async Task RunAsync(IHost host, HttpOptions http, SiloHealth health)
    {
        ArgumentNullException.ThrowIfNull(host);
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        HttpOptionsValidator.Ensure(http);
        await using var server = http.Port is null
            ? null
            : await SiloHttpServer.StartAsync(http, health, host.Services.GetServices<ILoggerProvider>(), lifetime.ApplicationStopping);
        if (server is not null)
        {
            var logger = host.Services.GetRequiredService<ILogger<SiloHttpServer>>();
            SiloLog.Answers(logger, server.Address);
        }

        await host.StartAsync();
        health.Joined(host.Services);
        await using var draining = lifetime.ApplicationStopping.Register(health.Draining);
        await host.WaitForShutdownAsync();
        health.Ended("its silo has left the cluster");
    }
}
