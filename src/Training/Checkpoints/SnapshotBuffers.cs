using NSft.Collectives;

namespace NSft.Training.Checkpoints;

/// <summary>The memory that copies of a worker's state wait in while they are written: two buffers, reused.</summary>
/// <remarks>Thread-safe. What is still lent at disposal is freed when it comes back.</remarks>
internal sealed class SnapshotBuffers : IDisposable
{
    /// <summary>Copies that may be on their way to the disk at one time; one more waits for the first to be written.</summary>
    internal const int Count = 2;

    private readonly object _gate = new();
    private readonly Stack<NativeBuffer<byte>> _idle = new();
    private int _lent;
    private bool _isDisposed;

    /// <summary>Takes a buffer; waits while all are lent.</summary>
    /// <param name="bytes">Least size.</param>
    internal NativeBuffer<byte> Rent(long bytes)
    {
        lock (_gate)
        {
            while (_lent == Count && !_isDisposed)
            {
                Monitor.Wait(_gate);
            }

            ObjectDisposedException.ThrowIf(_isDisposed, this);
            NativeBuffer<byte>? buffer = _idle.TryPop(out NativeBuffer<byte>? idle) ? idle : null;
            if (buffer is null || buffer.Length < bytes)
            {
                buffer?.Dispose();
                buffer = new NativeBuffer<byte>(Math.Max(1, bytes));
            }

            _lent++;
            return buffer;
        }
    }

    /// <summary>Gives a buffer back.</summary>
    internal void Return(NativeBuffer<byte> buffer)
    {
        lock (_gate)
        {
            _lent--;
            if (_isDisposed)
            {
                buffer.Dispose();
            }
            else
            {
                _idle.Push(buffer);
            }

            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            while (_idle.TryPop(out NativeBuffer<byte>? buffer))
            {
                buffer.Dispose();
            }

            Monitor.PulseAll(_gate);
        }
    }
}
