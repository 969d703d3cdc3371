namespace Orleans.Serialization;

/// <summary>How collections compare: by default, by a comparer of texts that has a number, or by one that is declared to travel.</summary>
internal static class Comparers
{
    private const byte Default = 0;
    private const byte Declared = byte.MaxValue;

    /// <summary>Numbered from 1. Append only.</summary>
    private static readonly StringComparer[] Texts =
        [StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase, StringComparer.InvariantCulture, StringComparer.InvariantCultureIgnoreCase];

    public static void WriteEquality<T>(WireWriter writer, IEqualityComparer<T> comparer) => Write(writer, comparer, EqualityComparer<T>.Default);

    public static void WriteOrder<T>(WireWriter writer, IComparer<T> comparer) => Write(writer, comparer, Comparer<T>.Default);

    /// <summary>Reads what <see cref="WriteEquality"/> wrote; null for the default.</summary>
    public static IEqualityComparer<T>? ReadEquality<T>(WireReader reader) => (IEqualityComparer<T>?)Read(reader);

    /// <summary>Reads what <see cref="WriteOrder"/> wrote; null for the default.</summary>
    public static IComparer<T>? ReadOrder<T>(WireReader reader) => (IComparer<T>?)Read(reader);

    private static void Write(WireWriter writer, object comparer, object standard)
    {
        int number = Array.FindIndex(Texts, comparer.Equals);
        if (comparer.Equals(standard))
        {
            writer.WriteByte(Default);
        }
        else if (number >= 0)
        {
            writer.WriteByte((byte)(number + 1));
        }
        else
        {
            writer.WriteByte(Declared);
            Codecs.Write(writer, comparer);
        }
    }

    private static object? Read(WireReader reader) => reader.ReadByte() switch
    {
        Default => null,
        Declared => Codecs.Read<object?>(reader),
        byte number when number <= Texts.Length => Texts[number - 1],
        byte number => throw WireReader.Malformed($"comparer {number}"),
    };
}
