namespace NSft.Embedded.Orleans.Contract;

internal interface ILocalGrain : IGrainWithIntegerKey
{
    Task<SiloAddress> WhereAmI();
}
