namespace NSft.Embedded.Orleans.Contract;

internal interface ILifeGrain : IGrainWithStringKey
{
    Task<Guid> Touch();

    Task Delay(TimeSpan time);

    Task EndDuring(string signal, string started);

    [AlwaysInterleave]
    Task<string> Peek();
}
