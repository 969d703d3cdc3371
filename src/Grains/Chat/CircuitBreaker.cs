namespace NSft.Grains.Chat;

/// <summary>
/// Leaves a server alone that only fails: opens after failures in a row, or when most requests of a while fail; then one request at a
/// time tries it, after pauses that double. Pure but for the clock.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class CircuitBreaker(TimeProvider time)
{
    /// <summary>Failures in a row that open the circuit.</summary>
    internal const int ConsecutiveLimit = 8;

    /// <summary>Outcomes that a share of failures is taken of, at least.</summary>
    internal const int LeastOutcomes = 20;

    private const double FailureShare = 0.75;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private long _windowStart = time.GetTimestamp();
    private int _windowFailures;
    private int _windowOutcomes;
    private int _consecutive;
    private TimeSpan _pause = FirstPause;
    private long _pausedSince;
    private long _downSince;
    private long _probeSince;

    /// <summary>Whether the server is asked.</summary>
    internal CircuitState State { get; private set; }

    /// <summary>How long the circuit has not been closed; zero when it is.</summary>
    internal TimeSpan DownFor => State == CircuitState.Closed ? TimeSpan.Zero : time.GetElapsedTime(_downSince);

    /// <summary>How many of the wanted requests may go now.</summary>
    /// <param name="wanted">Requests that wait.</param>
    /// <param name="probeLimit">How long a request that tries the server may take; after that it counts as lost.</param>
    /// <param name="wait">When to ask again if that is fewer.</param>
    internal int Pass(int wanted, TimeSpan probeLimit, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (State == CircuitState.Closed || wanted == 0)
        {
            return wanted;
        }

        wait = State == CircuitState.Open ? _pause - time.GetElapsedTime(_pausedSince) : probeLimit - time.GetElapsedTime(_probeSince);
        if (wait > TimeSpan.Zero)
        {
            return 0;
        }

        State = CircuitState.HalfOpen;
        _probeSince = time.GetTimestamp();
        wait = probeLimit;
        return 1;
    }

    /// <summary>Takes what became of requests. Answers close the circuit; failures of requests that were sent before it opened change nothing.</summary>
    internal void Report(int answers, int failures)
    {
        if (answers > 0)
        {
            if (State != CircuitState.Closed)
            {
                Close();
            }

            _consecutive = 0;
        }
        else if (State == CircuitState.HalfOpen && failures > 0)
        {
            _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
            Open();
        }

        if (State == CircuitState.Closed)
        {
            Count(answers, failures);
        }
    }

    private void Count(int answers, int failures)
    {
        if (time.GetElapsedTime(_windowStart) > Window)
        {
            StartWindow();
        }

        _consecutive = answers > 0 ? 0 : _consecutive + failures;
        _windowFailures += failures;
        _windowOutcomes += answers + failures;
        if (_consecutive >= ConsecutiveLimit || (_windowOutcomes >= LeastOutcomes && _windowFailures > FailureShare * _windowOutcomes))
        {
            _downSince = time.GetTimestamp();
            Open();
        }
    }

    private void Open()
    {
        State = CircuitState.Open;
        _pausedSince = time.GetTimestamp();
    }

    private void Close()
    {
        State = CircuitState.Closed;
        _pause = FirstPause;
        StartWindow();
    }

    private void StartWindow()
    {
        _windowStart = time.GetTimestamp();
        _windowFailures = 0;
        _windowOutcomes = 0;
    }
}
