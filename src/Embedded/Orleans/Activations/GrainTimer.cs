namespace Orleans.Runtime;

/// <summary>A timer whose callbacks are turns of its activation and never overlap each other.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Lock _gate = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly CancellationTokenSource _ended = new();
    private readonly ITimer _clock;
    private TimeSpan _period;
    private TimeSpan _nextDue;
    private bool _isTicking;
    private bool _isChanged;
    private bool _isDisposed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        CheckTimes(options.DueTime, options.Period);
        _activation = activation;
        _callback = callback;
        _period = options.Period;
        Interleaves = options.Interleave;
        KeepsAlive = options.KeepAlive;
        using (FlowBarrier.Enter())
        {
            _clock = activation.Silo.Time.CreateTimer(static state => ((GrainTimer)state!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _clock.Change(options.DueTime, Timeout.InfiniteTimeSpan);
    }

    public bool Interleaves { get; }

    public bool KeepsAlive { get; }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        CheckTimes(dueTime, period);
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _period = period;
                _isChanged = _isTicking;
                _clock.Change(_isTicking ? Timeout.InfiniteTimeSpan : dueTime, Timeout.InfiniteTimeSpan);
                _nextDue = dueTime;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        _clock.Dispose();
        _activation.Timers.Remove(this);
        _ended.Cancel();
    }

    /// <summary>One callback, on the activation's scheduler.</summary>
    public async Task TickAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isTicking = true;
        }

        try
        {
            await _callback(_ended.Token);
        }
        catch (Exception error)
        {
            if (!_ended.IsCancellationRequested)
            {
                Log.TimerFailed(_activation.Silo.Logger, _activation.GrainId, error);
            }
        }

        Rearm();
    }

    private static void CheckTimes(TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        }

        if (period != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        }
    }

    private void Due() => _activation.TryEnqueue(new TimerItem(this));

    private void Rearm()
    {
        lock (_gate)
        {
            _isTicking = false;
            if (!_isDisposed)
            {
                _clock.Change(_isChanged ? _nextDue : _period, Timeout.InfiniteTimeSpan);
                _isChanged = false;
            }
        }
    }
}
