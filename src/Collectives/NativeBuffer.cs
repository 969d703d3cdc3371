using System.Runtime.InteropServices;

namespace NSft.Collectives;

/// <summary>Zeroed native memory for more elements than one array can hold, read and written through spans of it.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <remarks>Not thread-safe. A span must not be used after <see cref="Dispose"/>.</remarks>
public sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    private const nuint ByteAlignment = 64;

    private T* _start;

    /// <summary>Allocates and zeroes.</summary>
    /// <param name="length">Number of elements, at least 1.</param>
    public NativeBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        Length = length;
        nuint bytes = checked((nuint)length * (nuint)sizeof(T));
        _start = (T*)NativeMemory.AlignedAlloc(bytes, ByteAlignment);
        NativeMemory.Clear(_start, bytes);
    }

    /// <summary>Frees the memory of a buffer that was not disposed.</summary>
    ~NativeBuffer() => Free();

    /// <summary>Number of elements.</summary>
    public long Length { get; }

    /// <summary>A window on the elements.</summary>
    /// <param name="offset">First element.</param>
    /// <param name="length">Number of elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window leaves the buffer.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public Span<T> Window(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length, nameof(length));
        return new Span<T>(_start + offset, length);
    }

    /// <summary>Sets every element to zero.</summary>
    public void Clear()
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        NativeMemory.Clear(_start, (nuint)Length * (nuint)sizeof(T));
    }

    /// <summary>Frees the memory. May be called again.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
    }
}
