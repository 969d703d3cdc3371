namespace NSft.Embedded.Orleans.Contract;

internal interface ICountedGrain : ILocalGrain
{
}
