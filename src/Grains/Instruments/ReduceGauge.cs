namespace NSft.Grains.Instruments;

/// <summary>A worker's last exchange. Any thread.</summary>
internal sealed class ReduceGauge : IDisposable
{
    private readonly IDisposable _registration;
    private double _bytesPerSecond = double.NaN;

    /// <summary>A worker that this process reports from now on.</summary>
    internal ReduceGauge() => _registration = ReduceInstruments.Workers.Add(this);

    /// <summary>Bytes given to peers over the time of the exchange; null before the first.</summary>
    internal double? BytesPerSecond => Volatile.Read(ref _bytesPerSecond) is var value && double.IsNaN(value) ? null : value;

    /// <summary>An exchange has ended.</summary>
    /// <param name="bytes">Bytes given to peers.</param>
    /// <param name="seconds">From the first sums that were ready to the end.</param>
    internal void Show(long bytes, double seconds) => Volatile.Write(ref _bytesPerSecond, seconds > 0 ? bytes / seconds : 0);

    /// <summary>The process reports the worker no more.</summary>
    public void Dispose() => _registration.Dispose();
}
