namespace NSft.Embedded.Orleans.Contract;

internal sealed class TimerGrain(Signals signals) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private int _ticks;
    private bool _isInTick;
    private bool _overlapped;
    private bool _fails;
    private bool _holds;

    public Task Start(int dueMilliseconds, int periodMilliseconds, bool interleave)
    {
        _timer = this.RegisterGrainTimer(
            TickAsync,
            new GrainTimerCreationOptions
            {
                DueTime = TimeSpan.FromMilliseconds(dueMilliseconds),
                Period = TimeSpan.FromMilliseconds(periodMilliseconds),
                Interleave = interleave,
            });
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task Fail()
    {
        _fails = true;
        return Task.CompletedTask;
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public Task<bool> Overlapped() => Task.FromResult(_overlapped);

    public Task HoldTicks()
    {
        _holds = true;
        return Task.CompletedTask;
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task Block(string signal, string started)
    {
        signals.Set(started);
        await signals.Wait(signal);
    }

    public Task Restart()
    {
        _timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        _overlapped |= _isInTick;
        _isInTick = true;
        await Task.Yield();
        _ticks++;
        _isInTick = false;
        signals.Set($"{this.GetPrimaryKeyString()} tick {_ticks}");
        if (_fails)
        {
            throw new InvalidOperationException("tick");
        }

        if (_holds)
        {
            cancellationToken.Register(() => signals.Set("tick cancelled"));
        }
    }
}
