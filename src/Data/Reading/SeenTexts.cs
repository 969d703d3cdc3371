using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NSft.Data.Reading;

/// <summary>Remembers texts and a number for each, in 28 bytes a text however long it is: their hashes stand for them.</summary>
/// <remarks>128 bits of SHA-256: two different texts are never taken for one in practice.</remarks>
internal sealed class SeenTexts
{
    private const int SmallestCapacity = 1024;

    private UInt128[] _keys = new UInt128[SmallestCapacity];
    private int[] _numbers = new int[SmallestCapacity];
    private int _count;

    /// <summary>Adds a text with a number of its own, 0 or more; where the text is there already, gives the number that it was added with.</summary>
    /// <returns>The text's number.</returns>
    public int Add(ReadOnlySpan<char> text, int number)
    {
        if (_count * 4 >= _keys.Length * 3)
        {
            Grow();
        }

        UInt128 key = HashOf(text);
        int place = Find(_keys, key);
        if (_keys[place] == key)
        {
            return _numbers[place];
        }

        (_keys[place], _numbers[place]) = (key, number);
        _count++;
        return number;
    }

    private static UInt128 HashOf(ReadOnlySpan<char> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text), hash);
        UInt128 key = MemoryMarshal.Read<UInt128>(hash);
        return key == default ? UInt128.One : key; // zero marks a free place
    }

    private static int Find(UInt128[] keys, UInt128 key)
    {
        int place = (int)((ulong)key % (ulong)keys.Length);
        while (keys[place] != default && keys[place] != key)
        {
            place = place + 1 == keys.Length ? 0 : place + 1;
        }

        return place;
    }

    private void Grow()
    {
        (UInt128[] keys, int[] numbers) = (_keys, _numbers);
        _keys = new UInt128[keys.Length * 3 / 2];
        _numbers = new int[_keys.Length];
        for (int from = 0; from < keys.Length; from++)
        {
            if (keys[from] != default)
            {
                int place = Find(_keys, keys[from]);
                (_keys[place], _numbers[place]) = (keys[from], numbers[from]);
            }
        }
    }
}
