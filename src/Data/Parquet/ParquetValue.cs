using System.Text;

namespace NSft.Data.Parquet;

/// <summary>One value: null, a number, bytes, a list or a struct.</summary>
/// <remarks>Bytes that were read are a view of their page, which lives as long as they do.</remarks>
internal readonly struct ParquetValue : IEquatable<ParquetValue>
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly object? _reference;
    private readonly long _bits;

    private ParquetValue(ParquetKind kind, long bits, object? reference = null)
    {
        Kind = kind;
        _bits = bits;
        _reference = reference;
    }

    /// <summary>No value.</summary>
    public static ParquetValue Null => default;

    /// <summary>What it is.</summary>
    public ParquetKind Kind { get; }

    /// <summary>Whether there is no value.</summary>
    public bool IsNull => Kind == ParquetKind.Null;

    /// <summary>Whether it is a list or struct.</summary>
    public bool HasItems => Kind is ParquetKind.List or ParquetKind.Group;

    /// <summary>The truth value.</summary>
    public bool AsBoolean => Of(ParquetKind.Boolean) != 0;

    /// <summary>The whole number, of 32 or 64 bits.</summary>
    public long AsInteger => Kind == ParquetKind.Int32 ? _bits : Of(ParquetKind.Int64);

    /// <summary>The number in floating point, of 32 or 64 bits.</summary>
    public double AsDouble => Kind == ParquetKind.Float ? BitConverter.Int32BitsToSingle((int)_bits) : BitConverter.Int64BitsToDouble(Of(ParquetKind.Double));

    /// <summary>The bits of a number or truth value, as they are written.</summary>
    public long Bits => _bits;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> AsBytes => new((byte[]?)_reference, (int)(Of(ParquetKind.Bytes) >> 32), (int)_bits);

    /// <summary>Elements of a list, or fields of a struct.</summary>
    public IReadOnlyList<ParquetValue> Items => HasItems ? (ParquetValue[])_reference! : throw Mismatch("a list or struct");

    /// <summary>A truth value.</summary>
    public static ParquetValue Boolean(bool value) => new(ParquetKind.Boolean, value ? 1 : 0);

    /// <summary>A whole number of 32 bits.</summary>
    public static ParquetValue Int32(int value) => new(ParquetKind.Int32, value);

    /// <summary>A whole number of 64 bits.</summary>
    public static ParquetValue Int64(long value) => new(ParquetKind.Int64, value);

    /// <summary>A number in floating point of 32 bits.</summary>
    public static ParquetValue Float(float value) => new(ParquetKind.Float, BitConverter.SingleToInt32Bits(value));

    /// <summary>A number in floating point of 64 bits.</summary>
    public static ParquetValue Double(double value) => new(ParquetKind.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Bytes, which are not copied.</summary>
    public static ParquetValue Bytes(ArraySegment<byte> value) => Bytes(value.Array ?? [], value.Offset, value.Count);

    /// <summary>A part of an array, which is not copied.</summary>
    public static ParquetValue Bytes(byte[] array, int offset, int count) => new(ParquetKind.Bytes, ((long)offset << 32) | (uint)count, array);

    /// <summary>Text as UTF-8.</summary>
    public static ParquetValue Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    /// <summary>A list of values.</summary>
    public static ParquetValue List(ParquetValue[] items) => new(ParquetKind.List, 0, items);

    /// <summary>A struct.</summary>
    public static ParquetValue Group(ParquetValue[] fields) => new(ParquetKind.Group, 0, fields);

    /// <summary>The text, unless the bytes are not UTF-8.</summary>
    public bool TryGetText(out string text)
    {
        try
        {
            text = StrictUtf8.GetString(AsBytes.Span);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Equals(ParquetValue other)
    {
        if (Kind != other.Kind)
        {
            return false;
        }

        return Kind switch
        {
            ParquetKind.Bytes => AsBytes.Span.SequenceEqual(other.AsBytes.Span),
            ParquetKind.List or ParquetKind.Group => Items.SequenceEqual(other.Items),
            _ => _bits == other._bits,
        };
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ParquetValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (Kind != ParquetKind.Bytes)
        {
            return HashCode.Combine(Kind, _bits);
        }

        HashCode hash = default;
        hash.AddBytes(AsBytes.Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ParquetKind.Bytes => TryGetText(out string text) ? $"'{text}'" : $"{AsBytes.Length} bytes",
        ParquetKind.List => $"[{string.Join(", ", Items)}]",
        ParquetKind.Group => $"{{{string.Join(", ", Items)}}}",
        ParquetKind.Float or ParquetKind.Double => AsDouble.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ParquetKind.Null => "null",
        _ => _bits.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private long Of(ParquetKind kind) => Kind == kind ? _bits : throw Mismatch(kind.ToString());

    private InvalidOperationException Mismatch(string wanted) => new($"the value is {Kind}, not {wanted}");
}
