using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Orleans.Storage;

/// <summary>Keeps copies of state in the cluster's memory.</summary>
internal sealed class MemoryGrainStorage(string name, Silo silo) : IGrainStorage
{
    /// <summary>Throws if a silo whose cluster has several processes keeps state in memory.</summary>
    /// <exception cref="OrleansConfigurationException">It does.</exception>
    public static void RefuseIn(IServiceProvider services)
    {
        foreach (MemoryStoreName one in services.GetServices<MemoryStoreName>())
        {
            if (services.GetKeyedService<IGrainStorage>(one.Name) is MemoryGrainStorage)
            {
                throw new OrleansConfigurationException(
                    $"The grain storage \"{one.Name}\" is in memory, which the silos of several processes do not share: register a storage that they do.");
            }
        }
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        MemoryStore.Record? record = silo.Cluster.Store.Read(Key(stateName, grainId));
        grainState.RecordExists = record is not null;
        grainState.ETag = record?.Etag;
        grainState.State = record is null ? NewState.Of<T>() : (T)Copiers.CopyAny(record.Value, new CopyContext())!;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        object? copy = Copiers.CopyAny(grainState.State, new CopyContext());
        grainState.ETag = silo.Cluster.Store.Write(Key(stateName, grainId), copy, grainState.ETag);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        silo.Cluster.Store.Remove(Key(stateName, grainId), grainState.ETag);
        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = NewState.Of<T>();
        return Task.CompletedTask;
    }

    private string Key(string stateName, GrainId grainId) => string.Create(CultureInfo.InvariantCulture, $"{name}/{stateName}/{grainId}");
}
