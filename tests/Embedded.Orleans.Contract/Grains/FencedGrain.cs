using Orleans.Storage;

namespace NSft.Embedded.Orleans.Contract;

internal sealed class FencedGrain([FromKeyedServices("other")] IGrainStorage storage) : Grain, IFencedGrain
{
    private static readonly GrainId Shared = GrainId.Create("fenced", "shared");
    private readonly GrainState<CounterState> _state = new();
    private readonly Guid _key = Guid.NewGuid();

    public async Task<string?> Load()
    {
        await storage.ReadStateAsync("fenced", Shared, _state);
        return _state.ETag;
    }

    public async Task<string?> Write()
    {
        await storage.WriteStateAsync("fenced", Shared, _state);
        return _state.ETag;
    }

    public Task<Guid> ActivationKey() => Task.FromResult(_key);
}
