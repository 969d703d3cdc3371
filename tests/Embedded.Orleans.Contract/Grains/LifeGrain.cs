namespace NSft.Embedded.Orleans.Contract;

/// <summary>Fails to start while its fault is set; tells of its end.</summary>
internal sealed class LifeGrain(Signals signals, Faults faults) : Grain, ILifeGrain, IDisposable
{
    private readonly Guid _key = Guid.NewGuid();

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        faults.Take(this.GetPrimaryKeyString()) ? throw new InvalidDataException("cannot start") : Task.CompletedTask;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        signals.Set($"ended {this.GetPrimaryKeyString()}", reason.ReasonCode);
    }

    public void Dispose() => signals.Set($"disposed {_key}");

    public Task<Guid> Touch() => Task.FromResult(_key);

    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public async Task EndDuring(string signal, string started)
    {
        DeactivateOnIdle();
        signals.Set(started);
        await signals.Wait(signal);
    }

    public Task<string> Peek() => Task.FromResult("peek");
}
