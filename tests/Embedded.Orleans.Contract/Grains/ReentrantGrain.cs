namespace NSft.Embedded.Orleans.Contract;

[Reentrant]
[GrainType("reentrant-probe")]
internal sealed class ReentrantGrain(Signals signals) : Grain, IReentrantGrain
{
    public async Task WaitFor(string signal, string started)
    {
        signals.Set(started);
        await signals.Wait(signal);
    }

    public Task<string> Ping() => Task.FromResult("pong");
}
