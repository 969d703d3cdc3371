namespace NSft.Embedded.Orleans.Contract;

[KeepAlive]
internal sealed class KeptGrain : Grain, IKeptGrain
{
    private readonly Guid _key = Guid.NewGuid();

    public Task<Guid> Touch() => Task.FromResult(_key);
}
