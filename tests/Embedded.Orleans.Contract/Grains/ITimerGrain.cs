namespace NSft.Embedded.Orleans.Contract;

internal interface ITimerGrain : IGrainWithStringKey
{
    Task Start(int dueMilliseconds, int periodMilliseconds, bool interleave);

    Task Stop();

    Task Fail();

    Task<int> Ticks();

    Task<bool> Overlapped();

    Task HoldTicks();

    Task End();

    Task Block(string signal, string started);

    Task Restart();
}
