using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NSft.Storage;

/// <summary>Measures what a store is asked.</summary>
/// <param name="inner">The store.</param>
internal sealed class MeteredObjectStore(IObjectStore inner) : IObjectStore
{
    /// <inheritdoc/>
    public StoreAddress Address => inner.Address;

    /// <inheritdoc/>
    public Task<ObjectFacts?> FindAsync(string name, CancellationToken cancellationToken) =>
        MeasureAsync("find", () => inner.FindAsync(name, cancellationToken));

    /// <inheritdoc/>
    public async IAsyncEnumerable<ObjectFacts> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A listing is one operation; what its reader does between two objects is not its time.
        long ticks = 0;
        string outcome = StorageInstruments.Done;
        try
        {
            await using IAsyncEnumerator<ObjectFacts> objects = inner.ListAsync(prefix, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                long begin = Stopwatch.GetTimestamp();
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
                    ticks += Stopwatch.GetTimestamp() - begin;
                }

                yield return objects.Current;
            }
        }
        finally
        {
            Count("list", Stopwatch.GetElapsedTime(0, ticks), outcome);
        }
    }

    /// <inheritdoc/>
    public Task<StoredContent?> ReadAsync(string name, CancellationToken cancellationToken) =>
        MeasureAsync("read", () => inner.ReadAsync(name, cancellationToken));

    /// <inheritdoc/>
    public Task<ObjectFacts> WriteAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        MeasureAsync("write", () => inner.WriteAsync(name, content, condition, cancellationToken));

    /// <inheritdoc/>
    public Task<long> AppendAsync(string name, ReadOnlyMemory<byte> content, long expectedBytes, CancellationToken cancellationToken) =>
        MeasureAsync("append", () => inner.AppendAsync(name, content, expectedBytes, cancellationToken));

    /// <inheritdoc/>
    public Task<ObjectFacts> UploadAsync(string name, string path, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
        MeasureAsync("upload", () => inner.UploadAsync(name, path, condition, progress, cancellationToken));

    /// <inheritdoc/>
    public Task<ObjectFacts> DownloadAsync(string name, string path, IProgress<long>? progress, CancellationToken cancellationToken) =>
        MeasureAsync("download", () => inner.DownloadAsync(name, path, progress, cancellationToken));

    /// <inheritdoc/>
    public Task DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) =>
        MeasureAsync("delete", async () =>
        {
            await inner.DeleteAsync(name, condition, cancellationToken).ConfigureAwait(false);
            return true;
        });

    private static async Task<T> MeasureAsync<T>(string operation, Func<Task<T>> work)
    {
        long begin = Stopwatch.GetTimestamp();
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
            Count(operation, Stopwatch.GetElapsedTime(begin), outcome);
        }
    }

    private static string OutcomeOf(Exception exception) => exception switch
    {
        StoreConflictException => StorageInstruments.Conflict,
        OperationCanceledException => StorageInstruments.Cancelled,
        _ => StorageInstruments.Failed,
    };

    private static void Count(string operation, TimeSpan duration, string outcome)
    {
        StorageInstruments.Requests.Add(1, operation, outcome);
        StorageInstruments.Duration.Record(duration, operation);
    }
}
