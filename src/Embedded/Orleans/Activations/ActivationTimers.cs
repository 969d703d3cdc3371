namespace Orleans.Runtime;

/// <summary>The timers of an activation, so that they end with it.</summary>
internal sealed class ActivationTimers(Activation activation)
{
    private readonly Lock _gate = new();
    private readonly HashSet<GrainTimer> _timers = [];
    private bool _isClosed;

    /// <summary>Starts a timer.</summary>
    public GrainTimer Add(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        GrainTimer timer = new(activation, callback, options);
        bool ends;
        lock (_gate)
        {
            ends = _isClosed;
            if (!ends)
            {
                _timers.Add(timer);
            }
        }

        if (ends)
        {
            timer.Dispose();
        }

        return timer;
    }

    /// <summary>Forgets a timer that has ended.</summary>
    public void Remove(GrainTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    /// <summary>Ends all timers; later ones end at once.</summary>
    public void DisposeAll()
    {
        GrainTimer[] timers;
        lock (_gate)
        {
            _isClosed = true;
            timers = [.. _timers];
        }

        foreach (GrainTimer timer in timers)
        {
            timer.Dispose();
        }
    }
}
