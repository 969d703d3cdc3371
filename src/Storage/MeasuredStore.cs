using System.Runtime.CompilerServices;

namespace NSft.Storage;

/// <summary>Counts and times what another store does.</summary>
/// <param name="store">The store.</param>
/// <param name="time">Measures the time.</param>
internal sealed class MeasuredStore(IObjectStore store, TimeProvider time) : IObjectStore
{
    public StoreAddress Address => store.Address;

    public Task<ObjectFacts?> FindAsync(string name, CancellationToken cancellationToken) =>
        MeasureAsync("find", () => store.FindAsync(name, cancellationToken));

    public async IAsyncEnumerable<ObjectFacts> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        string outcome = StorageInstruments.Failed;
        try
        {
            await foreach (ObjectFacts facts in store.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
            {
                yield return facts;
            }

            outcome = StorageInstruments.Done;
        }
        finally
        {
            Record("list", cancellationToken.IsCancellationRequested ? StorageInstruments.Cancelled : outcome, started);
        }
    }

    public Task<StoredContent?> ReadAsync(string name, CancellationToken cancellationToken) =>
        MeasureAsync("read", () => store.ReadAsync(name, cancellationToken));

    public Task<ObjectFacts> WriteAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        MeasureAsync("write", () => store.WriteAsync(name, content, condition, cancellationToken));

    public Task<long> AppendAsync(string name, ReadOnlyMemory<byte> content, long expectedBytes, CancellationToken cancellationToken) =>
        MeasureAsync("append", () => store.AppendAsync(name, content, expectedBytes, cancellationToken));

    public Task<ObjectFacts> UploadAsync(string name, string path, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
        MeasureAsync("upload", () => store.UploadAsync(name, path, condition, progress, cancellationToken));

    public Task<ObjectFacts> DownloadAsync(string name, string path, IProgress<long>? progress, CancellationToken cancellationToken) =>
        MeasureAsync("download", () => store.DownloadAsync(name, path, progress, cancellationToken));

    public async Task DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) =>
        await MeasureAsync(
            "delete",
            async () =>
            {
                await store.DeleteAsync(name, condition, cancellationToken).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);

    private async Task<T> MeasureAsync<T>(string operation, Func<Task<T>> work)
    {
        long started = time.GetTimestamp();
        string outcome = StorageInstruments.Failed;
        try
        {
            T result = await work().ConfigureAwait(false);
            outcome = StorageInstruments.Done;
            return result;
        }
        catch (StoreConflictException)
        {
            outcome = StorageInstruments.Conflict;
            throw;
        }
        catch (OperationCanceledException)
        {
            outcome = StorageInstruments.Cancelled;
            throw;
        }
        finally
        {
            Record(operation, outcome, started);
        }
    }

    private void Record(string operation, string outcome, long started)
    {
        StorageInstruments.Requests.Add(1, operation, outcome);
        StorageInstruments.Duration.Record(time.GetElapsedTime(started), operation);
    }
}
