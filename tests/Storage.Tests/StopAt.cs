namespace NSft.Storage.Tests;

/// <summary>Gives a transfer up when so many bytes are done.</summary>
internal sealed class StopAt(long bytes, CancellationTokenSource stop) : IProgress<long>
{
    public void Report(long value)
    {
        if (value >= bytes)
        {
            stop.Cancel();
        }
    }
}
