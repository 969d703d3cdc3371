namespace NSft.Grains.Instruments;

/// <summary>What waits in a job. Written where the job is coordinated, read at scrapes on any thread.</summary>
internal sealed class JobBacklog : IDisposable
{
    private readonly IDisposable _registration;
    private volatile int _waitingBlocks;

    /// <summary>A job that this process reports from now on.</summary>
    internal JobBacklog() => _registration = QueueInstruments.Jobs.Add(this);

    /// <summary>Blocks that no silo has.</summary>
    internal int WaitingBlocks
    {
        get => _waitingBlocks;
        set => _waitingBlocks = value;
    }

    /// <summary>The process reports the job no more.</summary>
    public void Dispose() => _registration.Dispose();
}
