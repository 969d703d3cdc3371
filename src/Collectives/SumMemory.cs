namespace NSft.Collectives;

/// <summary>Memory of a running sum: private at first, a shared segment once peers of this host are to read it.</summary>
/// <param name="bytes">Bytes, at least 1.</param>
internal sealed unsafe class SumMemory(long bytes) : IDisposable
{
    private NativeBuffer<byte>? _private = new(bytes);

    /// <summary>The segment that holds the sum; null while it is private.</summary>
    internal SharedSegment? Shared { get; private set; }

    /// <summary>Moves to a shared segment of zeros; the content is lost. Stays private where the host refuses.</summary>
    internal void Share()
    {
        Shared ??= SharedSegment.TryCreate(bytes);
        if (Shared is not null)
        {
            _private?.Dispose();
            _private = null;
        }
    }

    /// <summary>Empties the sum; what readers were told of before is void from here on.</summary>
    internal void Begin(long generation)
    {
        Shared?.Begin(generation);
        for (long done = 0; done < bytes; done += int.MaxValue)
        {
            Window(done, (int)Math.Min(int.MaxValue, bytes - done)).Clear();
        }
    }

    /// <summary>A window on the bytes.</summary>
    internal Span<byte> Window(long offset, int length)
    {
        if (Shared is not { } shared)
        {
            ObjectDisposedException.ThrowIf(_private is null, this);
            return _private.Window(offset, length);
        }

        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, bytes, nameof(length));
        return new Span<byte>(shared.Content + offset, length);
    }

    public void Dispose()
    {
        _private?.Dispose();
        _private = null;
        Shared?.Dispose();
        Shared = null;
    }
}
