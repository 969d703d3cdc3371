namespace NSft.Embedded.Orleans.Contract;

internal interface IReentrantGrain : IGrainWithGuidKey
{
    Task WaitFor(string signal, string started);

    Task<string> Ping();
}
