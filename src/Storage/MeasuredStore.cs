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
        // One operation, also for a reader that has seen enough; what the reader does between two objects is not its time.
        TimeSpan duration = TimeSpan.Zero;
        string outcome = StorageInstruments.Done;
        try
        {
            await using IAsyncEnumerator<ObjectFacts> objects = store.ListAsync(prefix, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                long started = time.GetTimestamp();
                try
                {
                    if (!await objects.MoveNextAsync().ConfigureAwait(false))
                    {
                        yield break;
                    }
                }
                catch (Exception exception)
                {
                    outcome = OutcomeOf(exception);
                    throw;
                }
                finally
                {
                    duration += time.GetElapsedTime(started);
                }

                yield return objects.Current;
            }
        }
        finally
        {
            Record("list", outcome, duration);
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
        string outcome = StorageInstruments.Done;
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            outcome = OutcomeOf(exception);
            throw;
        }
        finally
        {
            Record(operation, outcome, time.GetElapsedTime(started));
        }
    }

    private static string OutcomeOf(Exception exception) => exception switch
    {
        StoreConflictException => StorageInstruments.Conflict,
        OperationCanceledException => StorageInstruments.Cancelled,
        _ => StorageInstruments.Failed,
    };

    private static void Record(string operation, string outcome, TimeSpan duration)
    {
        StorageInstruments.Requests.Add(1, operation, outcome);
        StorageInstruments.Duration.Record(duration, operation);
    }
}
