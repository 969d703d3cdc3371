using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A store of grains' state.</summary>
public interface IGrainStorage
{
    /// <summary>Reads state.</summary>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Writes state.</summary>
    /// <exception cref="InconsistentStateException">The ETag is not the stored one.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Removes state.</summary>
    /// <exception cref="InconsistentStateException">The ETag is not the stored one.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
}
