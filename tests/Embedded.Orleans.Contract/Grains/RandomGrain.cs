namespace NSft.Embedded.Orleans.Contract;

[global::Orleans.Placement.RandomPlacement]
internal sealed class RandomGrain(ILocalSiloDetails silo) : Grain, IRandomGrain
{
    public Task<SiloAddress> WhereAmI() => Task.FromResult(silo.SiloAddress);
}
