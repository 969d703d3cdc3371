using NSft.Data.Chat;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Instruments;

namespace NSft.Grains.Chat;

/// <summary>
/// Requests of this silo that wait for a grain's leave. One call is under way at a time, and everything that waits goes with the next
/// one, so a busy silo makes few calls and an idle one none. Any thread.
/// </summary>
/// <typeparam name="TWant">What a request asks for.</typeparam>
/// <param name="ask">Makes the call for all that wait; with nobody waiting it only tells what there is to tell.</param>
/// <param name="hasNews">Whether there is something to tell.</param>
/// <param name="giveBack">Takes back what was granted to a request that did not wait for it.</param>
/// <param name="time">The clock.</param>
/// <param name="patience">How long the grain may fail to answer.</param>
internal sealed class WaitingLine<TWant>(
    Func<IReadOnlyList<TWant>, Task<LineReply>> ask,
    Func<bool> hasNews,
    Action<TWant> giveBack,
    TimeProvider time,
    TimeSpan patience)
{
    // News alone can wait a little, so that several go together.
    private static readonly TimeSpan NewsPause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LostCallPause = TimeSpan.FromMilliseconds(100);

    // Rates and pauses of the whole cluster change meanwhile, so a long wait is asked about again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly List<Place> _places = [];
    private TaskCompletionSource _arrival = NewSignal();
    private bool _isRunning;

    /// <summary>Waits for leave.</summary>
    /// <param name="want">What is asked for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the request is a trial of a server that has been failing.</returns>
    /// <exception cref="ChatException">There is none.</exception>
    internal async Task<bool> EnterAsync(TWant want, CancellationToken cancellationToken)
    {
        var place = new Place(want);
        lock (_lock)
        {
            _places.Add(place);
            _arrival.TrySetResult();
            Start();
        }

        await using var registration = cancellationToken.Register(() => place.Leave.TrySetCanceled(cancellationToken));
        QueueInstruments.ChangeChat(1);
        try
        {
            return await place.Leave.Task;
        }
        finally
        {
            QueueInstruments.ChangeChat(-1);
        }
    }

    /// <summary>Says that there is something to tell.</summary>
    internal void Tell()
    {
        lock (_lock)
        {
            Start();
        }
    }

    private void Start()
    {
        if (!_isRunning)
        {
            _isRunning = true;

            // Task.Run: the line belongs to the silo, not to the grain whose request came first.
            _ = Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        var lostSince = (long?)null;
        while (await NextAsync() is { } places)
        {
            try
            {
                var reply = await ask([.. places.Select(place => place.Want)]);
                lostSince = null;
                Serve(places, reply);
                if (reply.Granted < places.Count)
                {
                    await Task.Delay(reply.Wait < LongestWait ? reply.Wait : LongestWait, time);
                }
            }
#pragma warning disable CA1031 // Whatever the call failed of is told to those that wait for it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                lostSince ??= time.GetTimestamp();
                if (!Failures.IsLostCall(exception) || time.GetElapsedTime(lostSince.Value) > patience)
                {
                    Refuse(places, exception);
                    if (IsOver())
                    {
                        return;
                    }
                }

                await Task.Delay(LostCallPause, time);
            }
        }
    }

    /// <summary>Those that wait now; none when there is only news; null, and the end, when there is neither.</summary>
    private async Task<List<Place>?> NextAsync()
    {
        Task arrival;
        lock (_lock)
        {
            _places.RemoveAll(place => place.Leave.Task.IsCompleted);
            if (_places.Count > 0)
            {
                return [.. _places];
            }

            if (!hasNews())
            {
                _isRunning = false;
                return null;
            }

            _arrival = NewSignal();
            arrival = _arrival.Task;
        }

        await Task.WhenAny(arrival, Task.Delay(NewsPause, time));
        lock (_lock)
        {
            return [.. _places];
        }
    }

    /// <summary>News that nobody takes end the line until somebody waits again.</summary>
    private bool IsOver()
    {
        lock (_lock)
        {
            _isRunning = _places.Exists(place => !place.Leave.Task.IsCompleted);
            return !_isRunning;
        }
    }

    private void Serve(List<Place> places, LineReply reply)
    {
        for (var index = 0; index < places.Count; index++)
        {
            if (index >= reply.Granted)
            {
                if (reply.Refusal is { } refusal)
                {
                    places[index].Leave.TrySetException(refusal);
                }
            }
            else if (!places[index].Leave.TrySetResult(reply.IsProbe))
            {
                giveBack(places[index].Want);
            }
        }
    }

    private static void Refuse(List<Place> places, Exception exception)
    {
        foreach (var place in places)
        {
            place.Leave.TrySetException(new ChatException(
                ChatFailureKind.Unavailable, $"the cluster does not say whether requests may be sent: {exception.Message}", innerException: exception));
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Place(TWant want)
    {
        internal TWant Want { get; } = want;

        internal TaskCompletionSource<bool> Leave { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
