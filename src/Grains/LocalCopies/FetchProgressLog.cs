using Microsoft.Extensions.Logging;

namespace NSft.Grains.LocalCopies;

/// <summary>Tells in the log of a silo, now and then, how far the fetching of copies is; event ids 1500 to 1509.</summary>
/// <param name="logger">The log.</param>
/// <param name="time">Clock of the pauses and the rate.</param>
internal sealed partial class FetchProgressLog(ILogger logger, TimeProvider time) : IProgress<CopyProgress>
{
    private const double Megabyte = 1 << 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private string _address = "";
    private long _begin;
    private long _told;

    /// <inheritdoc/>
    public void Report(CopyProgress value)
    {
        var address = value.Address.ToString();
        lock (_gate)
        {
            var isNew = address != _address;
            var isDone = value.DoneBytes >= value.TotalBytes;
            if (isNew)
            {
                (_address, _begin) = (address, time.GetTimestamp());
            }
            else if (!isDone && time.GetElapsedTime(_told) < Interval)
            {
                return;
            }

            _told = time.GetTimestamp();
            var seconds = time.GetElapsedTime(_begin).TotalSeconds;
            Told(logger, address, value.DoneBytes / Megabyte, value.TotalBytes / Megabyte, seconds > 0 ? value.DoneBytes / Megabyte / seconds : 0);
        }
    }

    [LoggerMessage(1500, LogLevel.Information, "Fetching {Address}: {DoneMegabytes:0.0} of {TotalMegabytes:0.0} MB, {MegabytesPerSecond:0.0} MB/s")]
    private static partial void Told(ILogger logger, string address, double doneMegabytes, double totalMegabytes, double megabytesPerSecond);
}
