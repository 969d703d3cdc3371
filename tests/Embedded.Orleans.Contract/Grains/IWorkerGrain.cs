namespace NSft.Embedded.Orleans.Contract;

internal interface IWorkerGrain : IGrainWithIntegerKey
{
    Task<SiloAddress> Work(string started, string signal);
}
