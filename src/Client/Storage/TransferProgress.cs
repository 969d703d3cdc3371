using NSft.Client.Output;

namespace NSft.Client.Storage;

/// <summary>Adds up what the copies of several objects report. Any thread.</summary>
/// <param name="target">Takes the sums.</param>
/// <param name="total">Bytes in all.</param>
/// <param name="shift">Binary places that a shown unit is above bytes.</param>
internal sealed class TransferProgress(IProgress<ProgressUpdate> target, long total, int shift)
{
    private long _done;

    /// <summary>Takes reports about one object.</summary>
    public IProgress<long> Of() => new Part(this);

    /// <summary>Says that all is done.</summary>
    public void Finish() => Show(total);

    private void Add(long bytes) => Show(Interlocked.Add(ref _done, bytes));

    private void Show(long done)
    {
        // Less than one unit is not worth a line.
        if (total >> shift > 0)
        {
            target.Report(new ProgressUpdate(done >> shift, total >> shift));
        }
    }

    private sealed class Part(TransferProgress whole) : IProgress<long>
    {
        private readonly Lock _gate = new();
        private long _done;

        public void Report(long value)
        {
            long more;
            lock (_gate)
            {
                more = value - _done;
                _done = value;
            }

            whole.Add(more);
        }
    }
}
