namespace NSft.Embedded.Orleans.Contract;

[global::Orleans.Placement.HashBasedPlacement]
internal sealed class HashedGrain(ILocalSiloDetails silo) : Grain, IHashedGrain
{
    public Task<SiloAddress> WhereAmI() => Task.FromResult(silo.SiloAddress);
}
