namespace NSft.Embedded.Orleans.Contract;

[StatelessWorker(2)]
internal sealed class WorkerGrain(Signals signals, ILocalSiloDetails silo) : Grain, IWorkerGrain
{
    public async Task<SiloAddress> Work(string started, string signal)
    {
        signals.Set(started);
        await signals.Wait(signal);
        return silo.SiloAddress;
    }
}
