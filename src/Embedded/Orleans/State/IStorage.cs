namespace Orleans.Core;

/// <summary>One named piece of a grain's stored state, whatever its type.</summary>
public interface IStorage
{
    /// <summary>The version that was read or written last.</summary>
    string? Etag { get; }

    /// <summary>Whether the store holds the state.</summary>
    bool RecordExists { get; }

    /// <summary>Removes the state from the store.</summary>
    Task ClearStateAsync();

    /// <summary>Removes the state from the store.</summary>
    Task ClearStateAsync(CancellationToken cancellationToken);

    /// <summary>Writes the state.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Somebody else wrote since the last read.</exception>
    Task WriteStateAsync();

    /// <summary>Writes the state.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Somebody else wrote since the last read.</exception>
    Task WriteStateAsync(CancellationToken cancellationToken);

    /// <summary>Reads the state again.</summary>
    Task ReadStateAsync();

    /// <summary>Reads the state again.</summary>
    Task ReadStateAsync(CancellationToken cancellationToken);
}
