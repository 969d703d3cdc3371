namespace NSft.Embedded.Orleans.Contract;

internal interface IHashedGrain : ILocalGrain
{
}
