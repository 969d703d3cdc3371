using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NSft.Data.Validation;

/// <summary>128-bit hashes: sets of them stand for sets of texts in little memory.</summary>
public static class ContentHash
{
    private const int StackBytes = 1024;

    /// <summary>The hash of a text.</summary>
    public static UInt128 Of(ReadOnlySpan<char> text) => Of(MemoryMarshal.AsBytes(text));

    /// <summary>The hash of bytes: the first half of their SHA-256.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>The hash of a sequence of hashes and a text behind them.</summary>
    public static UInt128 Of(ReadOnlySpan<UInt128> hashes, ReadOnlySpan<char> text)
    {
        ReadOnlySpan<byte> first = MemoryMarshal.AsBytes(hashes);
        ReadOnlySpan<byte> second = MemoryMarshal.AsBytes(text);
        int length = first.Length + second.Length;
        byte[]? rented = length > StackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> bytes = rented is null ? stackalloc byte[StackBytes] : rented;
        first.CopyTo(bytes);
        second.CopyTo(bytes[first.Length..]);
        UInt128 hash = Of(bytes[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }
}
