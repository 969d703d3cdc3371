namespace NSft.Embedded.Orleans.Contract;

[global::Orleans.Placement.PreferLocalPlacement]
internal sealed class RelayGrain(ILocalSiloDetails silo) : Grain, IRelayGrain
{
    public Task<string> Ask(IProbeGrain other, string text) => other.Echo(text);

    public Task<IProbeGrain> MakeReference(string key) => Task.FromResult(GrainFactory.GetGrain<IProbeGrain>(key));

    public Task<SiloAddress> WhereIs(string probe) => GrainFactory.GetGrain<IProbeGrain>(probe).WhereAmI();

    public Task<SiloAddress> WhereAmI() => Task.FromResult(silo.SiloAddress);

    public Task<string?> ContextValue(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public Task<string?> ContextValueOfOther(long other, string key) => GrainFactory.GetGrain<IRelayGrain>(other).ContextValue(key);

    public async Task<bool> ReturnsToScheduler()
    {
        TaskScheduler own = TaskScheduler.Current;
        await Task.Yield();
        bool afterYield = TaskScheduler.Current == own;
        await Task.Run(() => { });
        bool afterRun = TaskScheduler.Current == own;
        await GrainFactory.GetGrain<IProbeGrain>("scheduler").Nothing();
        return own != TaskScheduler.Default && afterYield && afterRun && TaskScheduler.Current == own;
    }

    public async Task<string> CallBackThrough(long other, bool allow)
    {
        IRelayGrain next = GrainFactory.GetGrain<IRelayGrain>(other);
        if (!allow)
        {
            return await next.CallOther(this.GetPrimaryKeyLong());
        }

        using (RequestContext.AllowCallChainReentrancy())
        {
            return await next.CallOther(this.GetPrimaryKeyLong());
        }
    }

    public Task<string> CallOther(long caller) => GrainFactory.GetGrain<IRelayGrain>(caller).Leaf();

    public Task<string> Leaf() => Task.FromResult("leaf");
}
