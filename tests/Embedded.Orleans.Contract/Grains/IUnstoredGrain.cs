namespace NSft.Embedded.Orleans.Contract;

internal interface IUnstoredGrain : IGrainWithStringKey
{
    Task Nothing();
}
