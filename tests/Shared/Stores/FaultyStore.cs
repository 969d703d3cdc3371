using System.Runtime.CompilerServices;
using NSft.Storage;

namespace NSft.Tests.Stores;

/// <summary>A store whose requests fail as a test says.</summary>
/// <param name="inner">The store.</param>
/// <param name="address">What it says its address is.</param>
/// <param name="faults">What goes wrong.</param>
internal sealed class FaultyStore(IObjectStore inner, StoreAddress address, StoreFaults faults) : IObjectStore
{
    public StoreAddress Address => address;

    public Task<ObjectFacts?> FindAsync(string name, CancellationToken cancellationToken)
    {
        faults.Read();
        return inner.FindAsync(name, cancellationToken);
    }

    public async IAsyncEnumerable<ObjectFacts> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        faults.Read();
        await foreach (ObjectFacts facts in inner.ListAsync(prefix, cancellationToken))
        {
            yield return facts;
        }
    }

    public Task<StoredContent?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        faults.Read();
        return inner.ReadAsync(name, cancellationToken);
    }

    public Task<ObjectFacts> WriteAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        faults.ChangeAsync(name, () => inner.WriteAsync(name, content, condition, cancellationToken));

    public Task<long> AppendAsync(string name, ReadOnlyMemory<byte> content, long expectedBytes, CancellationToken cancellationToken) =>
        faults.ChangeAsync(name, () => inner.AppendAsync(name, content, expectedBytes, cancellationToken));

    public Task<ObjectFacts> UploadAsync(string name, string path, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
        faults.ChangeAsync(name, () => inner.UploadAsync(name, path, condition, progress, cancellationToken));

    public Task<ObjectFacts> DownloadAsync(string name, string path, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        faults.Read();
        return inner.DownloadAsync(name, path, progress, cancellationToken);
    }

    public Task DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) =>
        faults.ChangeAsync(name, async () =>
        {
            await inner.DeleteAsync(name, condition, cancellationToken);
            return true;
        });
}
