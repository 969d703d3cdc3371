namespace NSft.Embedded.Orleans.Contract;

internal interface IKeptGrain : IGrainWithStringKey
{
    Task<Guid> Touch();
}
