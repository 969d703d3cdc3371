using System.Globalization;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>The records of the stores in memory; they live as long as the cluster has a silo.</summary>
internal sealed class MemoryStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Record> _records = new(StringComparer.Ordinal);
    private long _lastEtag;

    /// <summary>The record of a key; null if there is none.</summary>
    public Record? Read(string key)
    {
        lock (_gate)
        {
            return _records.GetValueOrDefault(key);
        }
    }

    /// <summary>Writes if the ETag is the stored one, and returns the new ETag.</summary>
    /// <exception cref="InconsistentStateException">The ETag is not the stored one.</exception>
    public string Write(string key, object? value, string? etag)
    {
        lock (_gate)
        {
            Check(key, etag);
            string next = (++_lastEtag).ToString(CultureInfo.InvariantCulture);
            _records[key] = new Record(value, next);
            return next;
        }
    }

    /// <summary>Removes if the ETag is the stored one.</summary>
    /// <exception cref="InconsistentStateException">The ETag is not the stored one.</exception>
    public void Remove(string key, string? etag)
    {
        lock (_gate)
        {
            Check(key, etag);
            _records.Remove(key);
        }
    }

    private void Check(string key, string? etag)
    {
        string? stored = _records.GetValueOrDefault(key)?.Etag;
        if (stored != etag)
        {
            throw new InconsistentStateException($"The stored state of {key} has the ETag {stored ?? "(none)"}, the writer has {etag ?? "(none)"}.", stored, etag);
        }
    }

    /// <summary>Stored state and its version.</summary>
    internal sealed record Record(object? Value, string Etag);
}
