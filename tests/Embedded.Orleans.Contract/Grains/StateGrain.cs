namespace NSft.Embedded.Orleans.Contract;

internal sealed class StateGrain(
    [PersistentState("counter")] IPersistentState<CounterState> counter,
    [PersistentState("counter", "other")] IPersistentState<CounterState> other) : Grain, IStateGrain
{
    private readonly Guid _key = Guid.NewGuid();

    public Task<int> Count() => Task.FromResult(counter.State.Count);

    public async Task<string?> Increment()
    {
        counter.State.Count++;
        counter.State.History.Add(counter.State.Count);
        await counter.WriteStateAsync();
        return counter.Etag;
    }

    public Task Forget() => counter.ClearStateAsync();

    public Task<bool> Exists() => Task.FromResult(counter.RecordExists);

    public Task ChangeWithoutWriting(int value)
    {
        counter.State.Count = value;
        return Task.CompletedTask;
    }

    public async Task<int> Reread()
    {
        await counter.ReadStateAsync();
        return counter.State.Count;
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<Guid> ActivationKey() => Task.FromResult(_key);

    public Task<string?> OtherEtag() => Task.FromResult(other.Etag);
}
