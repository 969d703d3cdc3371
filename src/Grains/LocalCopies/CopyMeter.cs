using NSft.Storage;

namespace NSft.Grains.LocalCopies;

/// <summary>Adds up what transfers that go on at once have done.</summary>
/// <param name="address">What is fetched.</param>
/// <param name="total">Bytes in all.</param>
/// <param name="progress">Told of the sum; null for nobody.</param>
internal sealed class CopyMeter(StoreAddress address, long total, IProgress<CopyProgress>? progress)
{
    private long _done;

    /// <summary>A receiver of one transfer's bytes.</summary>
    internal Transfer Begin() => new(this);

    private void Add(long bytes) => progress?.Report(new CopyProgress(address, Interlocked.Add(ref _done, bytes), total));

    /// <summary>One transfer.</summary>
    /// <param name="meter">Where its bytes count.</param>
    internal sealed class Transfer(CopyMeter meter) : IProgress<long>
    {
        private readonly Lock _gate = new();
        private long _known;

        /// <summary>Takes the number of bytes that are done; reports may overtake one another.</summary>
        public void Report(long value)
        {
            lock (_gate)
            {
                if (value > _known)
                {
                    meter.Add(value - _known);
                    _known = value;
                }
            }
        }
    }
}
