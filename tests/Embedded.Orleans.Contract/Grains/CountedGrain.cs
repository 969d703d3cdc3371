namespace NSft.Embedded.Orleans.Contract;

[global::Orleans.Placement.ActivationCountBasedPlacement]
internal sealed class CountedGrain(ILocalSiloDetails silo) : Grain, ICountedGrain
{
    public Task<SiloAddress> WhereAmI() => Task.FromResult(silo.SiloAddress);
}
