namespace NSft.Embedded.Orleans.Contract;

internal interface IProbeGrain : IGrainWithStringKey
{
    Task<string> Echo(string text);

    Task Nothing();

    ValueTask<int> Add(int a, int b);

    ValueTask Silent();

    Task<SiloAddress> WhereAmI();

    Task<int> CountCalls();

    Task WaitFor(string signal, string started);

    [AlwaysInterleave]
    Task<string> Interleaved();

    [ReadOnly]
    Task ReadFor(string signal, string started);

    [OneWay]
    Task Tell(string signal);

    Task WaitCancellable(string started, string cancelled, CancellationToken cancellationToken);

    [ResponseTimeout("00:00:00.200")]
    Task WaitBriefly(string signal);

    Task Fail(string kind);

    Task End();

    Task<Guid> ActivationKey();
}
