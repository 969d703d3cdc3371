namespace NSft.Model.Serialization;

/// <summary>Names and sizes of <see cref="TensorDtype"/> in a safetensors header.</summary>
public static class TensorDtypes
{
    private static readonly (TensorDtype Dtype, string Name, int Size)[] Known =
    [
        (TensorDtype.Boolean, "BOOL", 1),
        (TensorDtype.UInt8, "U8", 1),
        (TensorDtype.Int8, "I8", 1),
        (TensorDtype.Float8E5M2, "F8_E5M2", 1),
        (TensorDtype.Float8E4M3, "F8_E4M3", 1),
        (TensorDtype.Int16, "I16", 2),
        (TensorDtype.UInt16, "U16", 2),
        (TensorDtype.Float16, "F16", 2),
        (TensorDtype.BFloat16, "BF16", 2),
        (TensorDtype.Int32, "I32", 4),
        (TensorDtype.UInt32, "U32", 4),
        (TensorDtype.Float32, "F32", 4),
        (TensorDtype.Float64, "F64", 8),
        (TensorDtype.Int64, "I64", 8),
        (TensorDtype.UInt64, "U64", 8),
    ];

    /// <summary>Bytes of one element.</summary>
    public static int SizeOf(this TensorDtype dtype) => Known[(int)dtype].Size;

    /// <summary>The header's name, such as BF16.</summary>
    public static string HeaderName(this TensorDtype dtype) => Known[(int)dtype].Name;

    /// <summary>The type of a header name, or null when it is not known.</summary>
    public static TensorDtype? FromHeaderName(string name)
    {
        foreach ((TensorDtype dtype, string known, _) in Known)
        {
            if (known == name)
            {
                return dtype;
            }
        }

        return null;
    }

    /// <summary>Elements of a shape; the empty shape is one number.</summary>
    /// <exception cref="OverflowException">The product does not fit 64 bits.</exception>
    public static long ElementCount(ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long size in shape)
        {
            count = checked(count * size);
        }

        return count;
    }
}
