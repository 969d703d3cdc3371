namespace NSft.Storage.Tests;

/// <summary>Keeps what a transfer reports.</summary>
internal sealed class Reported : IProgress<long>
{
    private readonly Lock _gate = new();

    /// <summary>The most that was told.</summary>
    internal int Most { get; private set; }

    public void Report(long value)
    {
        lock (_gate)
        {
            Most = Math.Max(Most, checked((int)value));
        }
    }
}
