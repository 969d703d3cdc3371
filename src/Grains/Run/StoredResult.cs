using System.Text.Json;
using NSft.Collectives;
using NSft.Storage;

namespace NSft.Grains.Run;

/// <summary>
/// A result at an address: the files of a result folder, and <c>result.json</c> that names them with size and hash. It is written last, so
/// where it is the result is whole; while a result is replaced it is not there.
/// </summary>
/// <param name="store">The address.</param>
internal sealed class StoredResult(IObjectStore store)
{
    /// <summary>What makes the files a result.</summary>
    internal const string ManifestName = "result.json";

    /// <summary>What a worker has brought, until the coordinator completes it.</summary>
    internal const string ExportName = "export.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Brings an exported model.</summary>
    /// <param name="folder">The files.</param>
    /// <param name="weightsHash">Hash of the trained weights.</param>
    /// <param name="cancellation">Gives it up; the next try goes on from there.</param>
    /// <exception cref="UserInputException">The store refuses.</exception>
    internal async Task ExportAsync(string folder, string weightsHash, CancellationToken cancellation)
    {
        await store.DeleteAsync(ManifestName, WriteCondition.Any, cancellation);
        var files = new List<Entry>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            files.Add(Entry.Of(await store.UploadAsync(name, path, WriteCondition.Any, null, cancellation)));
        }

        await store.WriteAsync(ExportName, Serialize(new Manifest(weightsHash, null, [.. files])), WriteCondition.Any, cancellation);
    }

    /// <summary>Makes a result of what a worker brought.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="weightsHash">Hash of the trained weights.</param>
    /// <param name="companions">Small files that go with it.</param>
    /// <returns>Whether it is complete; false when nothing, or another model, was brought.</returns>
    /// <exception cref="UserInputException">The store refuses.</exception>
    /// <exception cref="StoreConflictException">Another run has published here.</exception>
    internal async Task<bool> CompleteAsync(string runId, string weightsHash, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> companions)
    {
        if (await ReadAsync(ManifestName) is { } complete && complete.RunId == runId && complete.WeightsHash == weightsHash)
        {
            return true;
        }

        if (await ReadAsync(ExportName) is not { } export || export.WeightsHash != weightsHash)
        {
            return false;
        }

        var files = export.Files.ToList();
        foreach (var (name, content) in companions)
        {
            files.Add(Entry.Of(await store.WriteAsync(name, content, WriteCondition.Any, CancellationToken.None)));
        }

        await store.WriteAsync(ManifestName, Serialize(new Manifest(weightsHash, runId, [.. files])), WriteCondition.IfAbsent, CancellationToken.None);
        await store.DeleteAsync(ExportName, WriteCondition.Any, CancellationToken.None);
        return true;
    }

    /// <summary>Removes what a worker brought for a run that ended otherwise.</summary>
    internal async Task RemoveAsync()
    {
        if (await ReadAsync(ExportName) is { } export && await store.FindAsync(ManifestName, CancellationToken.None) is null)
        {
            foreach (var name in export.Files.Select(file => file.Name).Append(ExportName))
            {
                await store.DeleteAsync(name, WriteCondition.Any, CancellationToken.None);
            }
        }
    }

    private static byte[] Serialize(Manifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Json);

    private async Task<Manifest?> ReadAsync(string name)
    {
        try
        {
            return await store.ReadAsync(name, CancellationToken.None) is { } content
                ? JsonSerializer.Deserialize<Manifest>(content.Content.Span, Json)
                : null;
        }
        catch (JsonException exception)
        {
            throw new UserInputException($"{store.Address}/{name}: is not what a run has written: {exception.Message}", exception);
        }
    }

    private sealed record Manifest(string WeightsHash, string? RunId, Entry[] Files);

    private sealed record Entry(string Name, long Bytes, string? Sha256)
    {
        internal static Entry Of(ObjectFacts facts) => new(facts.Name, facts.Bytes, facts.Sha256);
    }
}
