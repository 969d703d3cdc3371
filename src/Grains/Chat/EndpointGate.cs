using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Chat;

/// <summary>Decides when requests to one model may be sent: rates, pauses that the server asks for, and its circuit. Pure but for the clock.</summary>
/// <remarks>
/// A request that was refused waits by itself as long as the server asks. All of them wait when refusals are more than strays: the rate
/// is too high then, and every request sent meanwhile would be refused too.
/// </remarks>
/// <param name="time">The clock.</param>
internal sealed class EndpointGate(TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestOwnPause = TimeSpan.FromSeconds(30);

    private readonly RefusalShare _refusals = new();
    private readonly TokenBucket _requests = new(time);
    private readonly TokenBucket _tokens = new(time);
    private readonly CircuitBreaker _circuit = new(time);
    private TimeSpan _pause;
    private long _pausedSince;
    private TimeSpan _ownPause = FirstPause;
    private string? _lastFailure;

    /// <summary>Takes what became of requests and says how many of those that wait may go.</summary>
    internal GateReply Ask(GateRequest request)
    {
        Learn(request);
        _requests.Limit(request.RequestsPerMinute);
        _tokens.Limit(request.TokensPerMinute);
        if (request.Tokens.Length == 0)
        {
            return Reply(0, TimeSpan.Zero);
        }

        // Rates come before the circuit: what it lets through as a trial has to be sent.
        var wait = Longer(Paused(), RateWait(request.Tokens[0]));
        return wait > TimeSpan.Zero ? Reply(0, wait) : Grant(request);
    }

    private GateReply Grant(GateRequest request)
    {
        var allowed = _circuit.Pass(request.Tokens.Length, request.Timeout, out var wait);
        var granted = 0;
        while (granted < allowed)
        {
            var rate = RateWait(request.Tokens[granted]);
            if (rate > TimeSpan.Zero)
            {
                wait = rate;
                break;
            }

            _requests.Take(1);
            _tokens.Take(request.Tokens[granted]);
            granted++;
        }

        return Reply(granted, wait);
    }

    private TimeSpan RateWait(long tokens) => Longer(_requests.WaitFor(1), _tokens.WaitFor(tokens));

    private void Learn(GateRequest request)
    {
        _tokens.Take(request.TokenCorrection);
        _requests.Take(-request.Unused);
        _lastFailure = request.LastFailure ?? _lastFailure;

        // A server that asks for a pause answers: its circuit closes.
        _circuit.Report(request.Answers + request.Throttled, request.Failures);
        _refusals.Add(request.Throttled, request.Answers + request.Failures);
        if (request.Throttled > 0 && _refusals.IsMoreThanStrays)
        {
            var pause = request.RetryAfter ?? _ownPause;
            _ownPause = request.RetryAfter is null ? Shorter(_ownPause * 2, LongestOwnPause) : _ownPause;
            if (pause > Paused())
            {
                _pause = pause;
                _pausedSince = time.GetTimestamp();
            }
        }
        else if (request.Answers > 0)
        {
            _ownPause = FirstPause;
        }
    }

    private TimeSpan Paused() => Longer(_pause == TimeSpan.Zero ? TimeSpan.Zero : _pause - time.GetElapsedTime(_pausedSince), TimeSpan.Zero);

    private GateReply Reply(int granted, TimeSpan wait) =>
        new(granted, wait, granted > 0 && _circuit.State == CircuitState.HalfOpen, _circuit.DownFor, _lastFailure);

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
