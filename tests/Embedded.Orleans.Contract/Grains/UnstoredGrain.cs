namespace NSft.Embedded.Orleans.Contract;

/// <summary>Asks for a store that no silo has.</summary>
internal sealed class UnstoredGrain([PersistentState("state", "missing")] IPersistentState<CounterState> state) : Grain, IUnstoredGrain
{
    public Task Nothing() => Task.FromResult(state.Etag);
}
