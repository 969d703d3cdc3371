using Orleans.Storage;

namespace NSft.Embedded.Orleans.Contract;

internal sealed class ProbeGrain(Signals signals, ILocalSiloDetails silo) : Grain, IProbeGrain
{
    private readonly Guid _key = Guid.NewGuid();
    private int _calls;
    private bool _isInTurn;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        signals.Set($"activated {this.GetPrimaryKeyString()}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        signals.Set($"deactivated {this.GetPrimaryKeyString()}", reason.ReasonCode);
        return Task.CompletedTask;
    }

    public Task<string> Echo(string text) => Task.FromResult(text);

    public Task Nothing() => Task.CompletedTask;

    public ValueTask<int> Add(int a, int b) => ValueTask.FromResult(a + b);

    public async ValueTask Silent() => await Task.Yield();

    public Task<SiloAddress> WhereAmI() => Task.FromResult(silo.SiloAddress);

    public async Task<int> CountCalls()
    {
        if (_isInTurn)
        {
            throw new InvalidOperationException("Two turns at once.");
        }

        _isInTurn = true;
        int calls = _calls;
        await Task.Yield();
        _calls = calls + 1;
        _isInTurn = false;
        return _calls;
    }

    public async Task WaitFor(string signal, string started)
    {
        signals.Set(started);
        await signals.Wait(signal);
    }

    public Task<string> Interleaved() => Task.FromResult("between");

    public async Task ReadFor(string signal, string started)
    {
        signals.Set(started);
        await signals.Wait(signal);
    }

    public Task Tell(string signal)
    {
        signals.Set(signal);
        throw new InvalidOperationException("Nobody sees this.");
    }

    public async Task WaitCancellable(string started, string cancelled, CancellationToken cancellationToken)
    {
        signals.Set(started);
        try
        {
            await signals.WaitUnlessCancelled("never", cancellationToken);
        }
        catch (OperationCanceledException)
        {
            signals.Set(cancelled);
            throw;
        }
    }

    public Task WaitBriefly(string signal) => signals.Wait(signal);

    public Task Fail(string kind) => kind switch
    {
        "argument" => throw new ArgumentException("bad value", nameof(kind)),
        "nested" => throw new InvalidOperationException("outer", new FormatException("inner")),
        "own" => throw new ProbeException("own message", 7),
        "state" => throw new InconsistentStateException("stale", "1", "2"),
        _ => Task.FromException(new NotSupportedException("late")),
    };

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<Guid> ActivationKey() => Task.FromResult(_key);
}
