using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Writing;

/// <summary>Writes values one behind the other.</summary>
internal static class PlainEncoder
{
    /// <summary>Appends the values of a page.</summary>
    public static void Write(List<ParquetValue> values, PhysicalType type, ByteBuffer target)
    {
        if (type == PhysicalType.Boolean)
        {
            WriteBooleans(values, target);
            return;
        }

        foreach (ParquetValue value in values)
        {
            Write(value, type, target);
        }
    }

    /// <summary>Appends a value of any type but a truth value.</summary>
    public static void Write(ParquetValue value, PhysicalType type, ByteBuffer target)
    {
        switch (type)
        {
            case PhysicalType.Int32 or PhysicalType.Float:
                target.AddInt32((int)value.Bits);
                break;
            case PhysicalType.Int64 or PhysicalType.Double:
                target.AddInt64(value.Bits);
                break;
            case PhysicalType.ByteArray:
                target.AddInt32(value.AsBytes.Length);
                target.Add(value.AsBytes.Span);
                break;
            default:
                target.Add(value.AsBytes.Span);
                break;
        }
    }

    private static void WriteBooleans(List<ParquetValue> values, ByteBuffer target)
    {
        int held = 0;
        for (int index = 0; index < values.Count; index++)
        {
            int bit = index & 7;
            held |= values[index].AsBoolean ? 1 << bit : 0;
            if (bit == 7 || index == values.Count - 1)
            {
                target.Add((byte)held);
                held = 0;
            }
        }
    }
}
