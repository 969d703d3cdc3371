using System.Buffers;

namespace System.IO.Hashing;

/// <summary>A hash that guards against accidents, not against attacks: the part of the package that Azure.Storage.Common derives from.</summary>
public abstract class NonCryptographicHashAlgorithm
{
    private const int CopyBufferBytes = 4096;

    /// <summary>A hash of a fixed length.</summary>
    /// <param name="hashLengthInBytes">Bytes of a hash, at least 1.</param>
    protected NonCryptographicHashAlgorithm(int hashLengthInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hashLengthInBytes, 1);
        HashLengthInBytes = hashLengthInBytes;
    }

    /// <summary>Bytes of a hash.</summary>
    public int HashLengthInBytes { get; }

    /// <summary>Adds bytes.</summary>
    /// <param name="source">The bytes.</param>
    public abstract void Append(ReadOnlySpan<byte> source);

    /// <summary>Forgets all bytes.</summary>
    public abstract void Reset();

    /// <summary>Writes the hash of the bytes so far.</summary>
    /// <param name="destination">Exactly <see cref="HashLengthInBytes"/> bytes.</param>
    protected abstract void GetCurrentHashCore(Span<byte> destination);

    /// <summary>Adds bytes.</summary>
    /// <param name="source">The bytes.</param>
    public void Append(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Append(new ReadOnlySpan<byte>(source));
    }

    /// <summary>Adds what is left of a stream.</summary>
    /// <param name="stream">The stream.</param>
    public void Append(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(CopyBufferBytes);
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
        {
            Append(buffer.AsSpan(0, read));
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Adds what is left of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public Task AppendAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return AppendCoreAsync(stream, cancellationToken);
    }

    /// <summary>The hash of the bytes so far.</summary>
    public byte[] GetCurrentHash()
    {
        byte[] hash = new byte[HashLengthInBytes];
        GetCurrentHashCore(hash);
        return hash;
    }

    /// <summary>Writes the hash of the bytes so far.</summary>
    /// <param name="destination">At least <see cref="HashLengthInBytes"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public int GetCurrentHash(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, HashLengthInBytes);
        GetCurrentHashCore(destination[..HashLengthInBytes]);
        return HashLengthInBytes;
    }

    /// <summary>The hash of the bytes so far, which are forgotten.</summary>
    public byte[] GetHashAndReset()
    {
        byte[] hash = GetCurrentHash();
        Reset();
        return hash;
    }

    /// <summary>Writes the hash of the bytes so far, which are forgotten.</summary>
    /// <param name="destination">At least <see cref="HashLengthInBytes"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public int GetHashAndReset(Span<byte> destination)
    {
        int written = GetCurrentHash(destination);
        Reset();
        return written;
    }

    private async Task AppendCoreAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(CopyBufferBytes);
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            Append(buffer.AsSpan(0, read));
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
