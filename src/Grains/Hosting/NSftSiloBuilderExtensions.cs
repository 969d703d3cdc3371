using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NSft.Grains.Chat;
using NSft.Grains.Construction;
using NSft.Grains.Fleet;
using NSft.Grains.Instruments;
using NSft.Grains.LocalCopies;
using NSft.Grains.Run;
using NSft.Grains.Sampling;
using NSft.Grains.ShardWorker;
using NSft.Storage;
using Orleans.Storage;

namespace NSft.Grains.Hosting;

/// <summary>Makes a silo a host of NSft's grains: the only registration point.</summary>
public static class NSftSiloBuilderExtensions
{
    /// <summary>Adds what NSft's grains need. Services registered before stay as they are.</summary>
    /// <param name="builder">The silo.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder AddNSft(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        NSftInstruments.Declare();
        if (!builder.Services.Any(service => service.IsKeyedService && service.ServiceType == typeof(IGrainStorage) && GrainStorageNames.State.Equals(service.ServiceKey)))
        {
            builder.AddMemoryGrainStorage(GrainStorageNames.State);
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IObjectStores>(services => new ObjectStores(
            services.GetRequiredService<IOptions<StorageOptions>>().Value, services.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddSingleton(services => new CopyCache(
            new Lazy<IObjectStores>(services.GetRequiredService<IObjectStores>),
            services.GetRequiredService<IOptions<CacheOptions>>().Value,
            services.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddSingleton<IShardSessionFactory, TrainingSessionFactory>();
        builder.Services.TryAddSingleton<IPromptSamplerFactory, ModelSamplerFactory>();
        builder.Services.TryAddSingleton<IPairConstructors, PairConstructors>();
        builder.Services.AddSingleton<JobContexts>();
        builder.Services.TryAddSingleton<IGpuProbe, TorchGpuProbe>();
        builder.Services.TryAddSingleton<IChatOrigin, OpenAiOrigin>();
        builder.Services.TryAddSingleton<IChatModels, ChatModels>();
        builder.Services.TryAddSingleton<IObjectStores>(services => new ObjectStores(
            services.GetRequiredService<IOptions<StorageOptions>>().Value, services.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddSingleton(services => new ScratchFolder(
            Path.Combine(services.GetRequiredService<IOptions<CacheOptions>>().Value.ResolveDirectory(), "scratch")));
        builder.Services.AddSingleton<RunStorage>();
        builder.Services.AddSingleton<DeviceTable>();
        builder.Services.AddSingleton<WorkerBodies>();
        builder.Services.AddSingleton<RunReports>();
        builder.Services.AddSingleton<SiloSamplers>();
        builder.Services.AddHostedService<DeviceMemory>();
        builder.Services.AddHostedService<FleetAnnouncer>();
        builder.Services.AddHostedService<RunKeeper>();
        builder.Services.AddHostedService<DrainService>();
        return builder;
    }
}
