using System.Buffers;

namespace NSft.Storage.Blobs;

/// <summary>A part of a file in borrowed memory.</summary>
/// <param name="index">Its number in the file.</param>
/// <param name="length">Its size.</param>
internal sealed class FileBlock(int index, int length) : IDisposable
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(length);

    /// <summary>Its number in the file.</summary>
    internal int Index { get; } = index;

    /// <summary>Its bytes.</summary>
    internal Memory<byte> Bytes => _buffer.AsMemory(0, length);

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
