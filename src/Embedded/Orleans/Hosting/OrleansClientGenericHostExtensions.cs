using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Microsoft.Extensions.Hosting;

/// <summary>Makes a host a client.</summary>
public static class OrleansClientGenericHostExtensions
{
    /// <summary>Makes the host a client.</summary>
    public static IHostApplicationBuilder UseOrleansClient(this IHostApplicationBuilder hostAppBuilder, Action<IClientBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        configureDelegate(AddClient(hostAppBuilder.Services, hostAppBuilder.Configuration));
        return hostAppBuilder;
    }

    /// <summary>Makes the host a client.</summary>
    public static HostApplicationBuilder UseOrleansClient(this HostApplicationBuilder hostAppBuilder, Action<IClientBuilder> configureDelegate)
    {
        ((IHostApplicationBuilder)hostAppBuilder).UseOrleansClient(configureDelegate);
        return hostAppBuilder;
    }

    /// <summary>Makes the host a client.</summary>
    public static IHostBuilder UseOrleansClient(this IHostBuilder hostBuilder, Action<IClientBuilder> configureDelegate) =>
        hostBuilder.UseOrleansClient((_, builder) => configureDelegate(builder));

    /// <summary>Makes the host a client.</summary>
    public static IHostBuilder UseOrleansClient(this IHostBuilder hostBuilder, Action<HostBuilderContext, IClientBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        return hostBuilder.ConfigureServices((context, services) => configureDelegate(context, AddClient(services, context.Configuration)));
    }

    private static EmbeddedClientBuilder AddClient(IServiceCollection services, IConfiguration configuration)
    {
        OneMachine.RequireNoProvider(configuration);
        if (services.Any(service => service.ServiceType == typeof(Silo)))
        {
            throw new OrleansConfigurationException("A host is either a silo or a client: UseOrleans and UseOrleansClient exclude each other, and a silo offers IClusterClient by itself.");
        }

        if (services.All(service => service.ServiceType != typeof(EmbeddedClient)))
        {
            services.TryAddSingleton(TimeProvider.System);
            services.AddLogging();
            services.AddOptions();
            services.AddSingleton<EmbeddedClient>();
            services.AddSingleton(provider => new ClusterClient(provider.GetRequiredService<EmbeddedClient>(), provider));
            services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<ClusterClient>());
            services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<ClusterClient>());
            services.AddHostedService<ClientHostedService>();
        }

        return new EmbeddedClientBuilder(services, configuration);
    }
}
