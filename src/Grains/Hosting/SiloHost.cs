using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NSft.Collectives;
using NSft.Grains.Hosting.Settings;
using Orleans.Configuration;

namespace NSft.Grains.Hosting;

/// <summary>Makes a host a silo of NSft: what the container's entry and the console's <c>silo</c> have in common.</summary>
public static class SiloHost
{
    /// <summary>Adds a silo that is configured by the host's configuration alone.</summary>
    /// <param name="builder">The host.</param>
    /// <exception cref="UserInputException">The configuration cannot be used; nothing was added.</exception>
    public static void Add(IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Add(builder, NSftConfiguration.Read(builder.Configuration));
    }

    /// <summary>Adds a silo.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="configuration">What it offers, its cluster, its state and its storage account.</param>
    /// <exception cref="UserInputException">The configuration cannot be used; nothing was added.</exception>
    public static void Add(IHostApplicationBuilder builder, NSftConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Ensure();
        builder.AddClusteringProvider(configuration);
        var options = configuration.Silo;
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<SettingsLog>(services, configuration));
        if (configuration.StateProvider == GrainStateProvider.AzBlob)
        {
            builder.Services.AddHostedService(_ => new StateProbe(configuration.State, configuration.Storage));
        }

        builder.Services.AddSingleton(Options.Create(configuration.Storage));
        builder.Services.AddSingleton(Options.Create(configuration.Cache));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainLimit);
        builder.Services.Configure<DeviceOptions>(devices => (devices.CpuSlots, devices.Cuda) = (options.WorkersPerSilo, options.Cuda));
        configuration.SetUp(() => builder.UseOrleans(silo =>
        {
            silo.JoinCluster(configuration);
            if (configuration.StateProvider == GrainStateProvider.AzBlob)
            {
                silo.AddBlobGrainState(configuration.State, configuration.Storage);
            }

            if (options.Name is { } name)
            {
                silo.Services.Configure<SiloOptions>(named => named.SiloName = name);
            }

            silo.AddNSft();
        }));
    }
}
