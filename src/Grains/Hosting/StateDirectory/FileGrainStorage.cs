using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using NSft.Grains.Hosting.Settings;
using Orleans.Storage;

namespace NSft.Grains.Hosting.StateDirectory;

/// <summary>Grain state as JSON files in a directory that the silos share: a write is whole, flushed, and fenced by its ETag.</summary>
/// <param name="name">The storage's name.</param>
/// <param name="options">The directory.</param>
/// <param name="time">Tells how old files are.</param>
internal sealed class FileGrainStorage(string name, IOptions<StateDirectoryOptions> options, TimeProvider time) : IGrainStorage
{
    private const int LongestName = 120;
    private static readonly GrainStateSerializer Serializer = new();

    private readonly string _directory = Path.Combine(options.Value.Path, "state", FileName(name));

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        return Task.Run(() =>
        {
            var stored = Stored(FileOf(stateName, grainId).ReadNewest());
            grainState.RecordExists = stored is not null;
            grainState.ETag = stored?.Id;
            grainState.State = stored is null
                ? Activator.CreateInstance<T>()
                : Serializer.Deserialize<T>(new BinaryData(stored.Body)) ?? throw new IOException($"The stored state {stateName} of {grainId} is empty.");
        });
    }

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        return Task.Run(() =>
        {
            var body = Serializer.Serialize(grainState.State).ToArray();
            grainState.ETag = Publish(stateName, grainId, grainState.ETag, body).Id;
            grainState.RecordExists = true;
        });
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        return Task.Run(() =>
        {
            Publish(stateName, grainId, grainState.ETag, []);
            grainState.ETag = null;
            grainState.RecordExists = false;
            grainState.State = Activator.CreateInstance<T>();
        });
    }

    /// <summary>Cleared state is an empty file, so that numbers never start again.</summary>
    private static FileVersion? Stored(FileVersion? newest) => newest is { Body.Length: > 0 } ? newest : null;

    private static string FileName(string text)
    {
        var escaped = Uri.EscapeDataString(text);
        return escaped.Length <= LongestName && escaped.Trim('.').Length > 0
            ? escaped
            : $"{escaped[..Math.Min(escaped.Length, LongestName / 2)]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]}";
    }

    private FileVersion Publish(string stateName, GrainId grainId, string? etag, byte[] body)
    {
        var file = FileOf(stateName, grainId);
        var newest = file.ReadNewest();
        var stored = Stored(newest)?.Id;
        if (stored == etag && file.TryPublish(newest, body) is { } published)
        {
            return published;
        }

        stored = Stored(file.ReadNewest())?.Id;
        throw new InconsistentStateException(
            $"The stored state {stateName} of {grainId} has the ETag {stored ?? "(none)"}, the writer has {etag ?? "(none)"}.", stored ?? "", etag ?? "");
    }

    private VersionedFile FileOf(string stateName, GrainId grainId) =>
        new(Path.Combine(_directory, FileName(grainId.ToString())), FileName(stateName), time);
}
