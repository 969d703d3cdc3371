using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using NSft.Collectives.Files;
using NSft.Storage;

namespace NSft.Grains.Tests.Testing;

/// <summary>Blob containers in memory, which count what is fetched.</summary>
internal sealed class MemoryStores : IObjectStores
{
    private readonly ConcurrentDictionary<string, (byte[] Content, string ETag)> _blobs = new(StringComparer.Ordinal);
    private int _writes;

    /// <summary>Names of fetched blobs, container first, in the order of their beginnings.</summary>
    internal ConcurrentQueue<string> Fetched { get; } = new();

    /// <summary>Called before a blob is handed out.</summary>
    internal Func<string, Task>? Fetching { get; set; }

    public IObjectStore Open(StoreAddress address) => new Store(this, address);

    /// <summary>Writes a blob; its ETag becomes another.</summary>
    internal void Put(string name, byte[] content) => _blobs[name] = (content, $"\"{Interlocked.Increment(ref _writes).ToString(CultureInfo.InvariantCulture)}\"");

    /// <summary>Writes text.</summary>
    internal void Put(string name, string text) => Put(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes all files of a folder.</summary>
    internal void PutFolder(string name, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            Put($"{name}/{Path.GetRelativePath(folder, file).Replace('\\', '/')}", File.ReadAllBytes(file));
        }
    }

    private sealed class Store(MemoryStores stores, StoreAddress address) : IObjectStore
    {
        public StoreAddress Address => address;

        private string Root => address.Path.Length == 0 ? $"{address.Container}/" : $"{address.Container}/{address.Path}/";

        public Task<ObjectFacts?> FindAsync(string name, CancellationToken cancellationToken) =>
            Task.FromResult(stores._blobs.TryGetValue(Root + name, out var blob) ? Facts(name, blob) : null);

        public async IAsyncEnumerable<ObjectFacts> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            foreach (var (name, blob) in stores._blobs.Where(blob => blob.Key.StartsWith(Root + prefix, StringComparison.Ordinal)).OrderBy(blob => blob.Key, StringComparer.Ordinal))
            {
                yield return Facts(name[Root.Length..], blob);
            }
        }

        public async Task<ObjectFacts> DownloadAsync(string name, string path, IProgress<long>? progress, CancellationToken cancellationToken)
        {
            stores.Fetched.Enqueue(Root + name);
            await Task.Yield();
            if (stores.Fetching is { } fetching)
            {
                await fetching(Root + name);
            }

            var blob = stores._blobs[Root + name];
            AtomicFile.Write(path, blob.Content);
            progress?.Report(blob.Content.Length);
            return Facts(name, blob);
        }

        public Task<StoredContent?> ReadAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ObjectFacts> WriteAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<long> AppendAsync(string name, ReadOnlyMemory<byte> content, long expectedBytes, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<ObjectFacts> UploadAsync(string name, string path, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) => throw new NotSupportedException();

        private static ObjectFacts Facts(string name, (byte[] Content, string ETag) blob) =>
            new(name, blob.Content.Length, blob.ETag, null, DateTimeOffset.UnixEpoch);
    }
}
