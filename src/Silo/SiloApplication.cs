using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSft.Collectives;
using NSft.Grains.Hosting;
using NSft.Grains.Hosting.Settings;
using NSft.Grains.Hosting.StateDirectory;
using NSft.Silo.Health;
using NSft.Silo.Logging;

namespace NSft.Silo;

/// <summary>
/// A silo as a process of its own: what a container runs. It is configured by <c>appsettings.json</c>, the environment and the command
/// line, each over the one before; it answers about itself before it joins, leaves when it is told to by SIGTERM or Ctrl-C, and ends when
/// its cluster has given it up, for whoever keeps it to start it again.
/// </summary>
internal static class SiloApplication
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">The command line.</param>
    /// <exception cref="UserInputException">The configuration cannot be used, or the cluster has declared the silo dead.</exception>
    public static async Task RunAsync(string[] arguments)
    {
        var configuration = Host.CreateApplicationBuilder(arguments).Configuration;
        var settings = NSftConfiguration.Read(configuration);
        var http = HttpOptions.Read(configuration);
        settings.Ensure();
        var name = settings.Silo.Name ?? Environment.MachineName;
        using var journal = new SiloJournal(Console.Out, name, LogOptions.Format(configuration), TimeProvider.System);
        var health = new SiloHealth();
        await using var server = http.Port is null ? null : await SiloHttpServer.StartAsync(http, health, [journal], CancellationToken.None);
        if (server is not null)
        {
            journal.Say($"answers /metrics and /healthz on {server.Address}");
        }

        try
        {
            using var host = await SiloStart.StartAsync(() => Build(arguments, settings, journal));
            await ServeAsync(host, health, journal);
        }
        catch (OperationCanceledException)
        {
            journal.Say("was told to leave before it had joined");
        }
    }

    private static IHost Build(string[] arguments, NSftConfiguration settings, SiloJournal journal)
    {
        var builder = Host.CreateApplicationBuilder(arguments);
        builder.Logging.ClearProviders().AddProvider(journal).SetMinimumLevel(LogLevel.Warning);
        if (builder.Configuration["Logging:LogLevel:NSft"] is null)
        {
            builder.Logging.AddFilter("NSft", LogLevel.Information);
        }

        SiloHost.Add(builder, settings);
        return builder.Build();
    }

    private static async Task ServeAsync(IHost host, SiloHealth health, SiloJournal journal)
    {
        var silo = host.Services.GetRequiredService<ILocalSiloDetails>();
        var membership = host.Services.GetRequiredService<IClusterMembershipService>();
        var isDead = false;
        await using var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() =>
        {
            isDead = membership.CurrentSnapshot.GetSiloStatus(silo.SiloAddress) == SiloStatus.Dead;
            if (isDead)
            {
                health.Ended("its cluster has declared it dead");
            }
            else
            {
                health.Draining();
                journal.Say("drains: its workers leave at a step boundary");
            }
        });
        health.Joined(host.Services);
        journal.Say($"joined as {silo.SiloAddress.ToParsableString()}");
        await host.WaitForShutdownAsync();
        health.Ended("its silo has left the cluster");
        if (isDead)
        {
            throw new UserInputException("the cluster has declared this silo dead, as it was frozen or cut off; a new process may join in its place");
        }

        journal.Say("left the cluster");
    }
}
