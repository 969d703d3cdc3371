namespace NSft.Embedded.Orleans.Contract;

internal interface ISingleGrain : IGrainWithIntegerKey
{
    Task<int> Touch(bool end);
}
