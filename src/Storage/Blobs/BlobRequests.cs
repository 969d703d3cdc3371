using System.Security.Cryptography;
using Azure;
using Azure.Identity;
using NSft.Collectives;

namespace NSft.Storage.Blobs;

/// <summary>Makes requests until they are answered: each with a time limit, again after passing failures, with growing pauses, up to a limit.</summary>
/// <param name="options">The limits.</param>
/// <param name="account">The account, for what users are told.</param>
/// <param name="time">Measures what was spent.</param>
internal sealed class BlobRequests(StorageOptions options, Uri account, TimeProvider time)
{
    private const int LongestPauseMilliseconds = 10_000;
    private const int FirstPauseMilliseconds = 100;
    private const int DoublingLimit = 10;

    /// <summary>Makes a request.</summary>
    /// <param name="place">What it is about.</param>
    /// <param name="request">The request; may be made several times.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="UserInputException">It failed for good.</exception>
    /// <exception cref="RequestFailedException">The answer depends on the caller's conditions.</exception>
    internal async Task<T> RunAsync<T>(StoreAddress place, Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await OnceAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException answer) when (BlobFailures.IsForTheCaller(answer))
            {
                throw;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested && BlobFailures.IsPassing(failure))
            {
                TimeSpan spent = time.GetElapsedTime(started);
                TimeSpan pause = Pause(attempt);
                if (spent + pause > options.RetryLimit)
                {
                    throw BlobFailures.Told(place, account, failure, spent);
                }

                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is RequestFailedException or AuthenticationFailedException)
            {
                throw BlobFailures.Told(place, account, failure, time.GetElapsedTime(started));
            }
        }
    }

    private async Task<T> OnceAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.RequestTimeout);
        return await request(limit.Token).ConfigureAwait(false);
    }

    // Writers that failed together must not come back together.
    private static TimeSpan Pause(int attempt)
    {
        int longest = Math.Min(LongestPauseMilliseconds, FirstPauseMilliseconds << Math.Min(attempt, DoublingLimit));
        return TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(longest / 2, longest + 1));
    }
}
