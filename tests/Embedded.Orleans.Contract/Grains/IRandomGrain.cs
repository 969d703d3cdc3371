namespace NSft.Embedded.Orleans.Contract;

internal interface IRandomGrain : ILocalGrain
{
}
