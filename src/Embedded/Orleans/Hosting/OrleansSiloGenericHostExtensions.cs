using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Microsoft.Extensions.Hosting;

/// <summary>Makes a host a silo.</summary>
public static class OrleansSiloGenericHostExtensions
{
    /// <summary>Makes the host a silo.</summary>
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        configureDelegate(AddSilo(hostAppBuilder.Services, hostAppBuilder.Configuration));
        return hostAppBuilder;
    }

    /// <summary>Makes the host a silo.</summary>
    public static HostApplicationBuilder UseOrleans(this HostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ((IHostApplicationBuilder)hostAppBuilder).UseOrleans(configureDelegate);
        return hostAppBuilder;
    }

    /// <summary>Makes the host a silo.</summary>
    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<ISiloBuilder> configureDelegate) =>
        hostBuilder.UseOrleans((_, builder) => configureDelegate(builder));

    /// <summary>Makes the host a silo.</summary>
    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<HostBuilderContext, ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        return hostBuilder.ConfigureServices((context, services) => configureDelegate(context, AddSilo(services, context.Configuration)));
    }

    private static SiloBuilder AddSilo(IServiceCollection services, IConfiguration configuration)
    {
        OneMachine.RequireNoProvider(configuration);
        if (services.Any(service => service.ServiceType == typeof(EmbeddedClient)))
        {
            throw new OrleansConfigurationException("A host is either a silo or a client: UseOrleans and UseOrleansClient exclude each other, and a silo offers IClusterClient by itself.");
        }

        if (services.All(service => service.ServiceType != typeof(Silo)))
        {
            services.TryAddSingleton(TimeProvider.System);
            services.AddLogging();
            services.AddOptions();
            services.Configure<ClusterOptions>(configuration.GetSection("Orleans"));
            services.AddSingleton<SiloServices>();
            services.AddSingleton<Silo>();
            services.AddSingleton<ILocalSiloDetails>(provider => provider.GetRequiredService<Silo>());
            services.AddSingleton<IClusterMembershipService>(provider => provider.GetRequiredService<Silo>().MembershipService);
            services.AddSingleton(provider => new ClusterClient(provider.GetRequiredService<Silo>(), provider));
            services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<ClusterClient>());
            services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<ClusterClient>());
            services.AddHostedService<SiloHostedService>();
        }

        return new SiloBuilder(services, configuration);
    }
}
