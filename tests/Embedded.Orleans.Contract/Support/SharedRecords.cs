using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace NSft.Embedded.Orleans.Contract;

/// <summary>Grain state in memory that the silos of a cluster share, as a storage provider would offer it.</summary>
internal sealed class SharedRecords : IGrainStorage
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Body, string Etag)> _records = [];
    private int _lastEtag;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            bool exists = _records.TryGetValue($"{stateName}/{grainId}", out (string Body, string Etag) record);
            grainState.RecordExists = exists;
            grainState.ETag = exists ? record.Etag : null;
            grainState.State = exists ? JsonSerializer.Deserialize<T>(record.Body)! : Activator.CreateInstance<T>();
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            string key = Check(stateName, grainId, grainState.ETag);
            grainState.ETag = (++_lastEtag).ToString(CultureInfo.InvariantCulture);
            grainState.RecordExists = true;
            _records[key] = (JsonSerializer.Serialize(grainState.State), grainState.ETag);
        }

        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            _records.Remove(Check(stateName, grainId, grainState.ETag));
            grainState.ETag = null;
            grainState.RecordExists = false;
            grainState.State = Activator.CreateInstance<T>();
        }

        return Task.CompletedTask;
    }

    private string Check(string stateName, GrainId grainId, string? etag)
    {
        string key = $"{stateName}/{grainId}";
        string? stored = _records.TryGetValue(key, out (string Body, string Etag) record) ? record.Etag : null;
        return stored == etag ? key : throw new InconsistentStateException("The ETag is old.", stored ?? "", etag ?? "");
    }
}
