using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Writing;

/// <summary>Checks that a value fits its field before any of it is written.</summary>
internal static class ValueCheck
{
    private const int Int96Bytes = 12;

    /// <summary>Fails unless a value fits.</summary>
    /// <exception cref="ParquetFormatException">It does not; the message names the field.</exception>
    public static void Require(ParquetField field, ParquetValue value)
    {
        if (value.IsNull)
        {
            if (!field.IsOptional)
            {
                throw new ParquetFormatException($"column '{field.Name}' has no value, which its type does not allow") { Hint = "fill it in or drop the row" };
            }

            return;
        }

        bool fits = field.Kind switch
        {
            ParquetFieldKind.List => value.Kind == ParquetKind.List,
            ParquetFieldKind.Struct => value.Kind == ParquetKind.Group && value.Items.Count == field.Children.Count,
            _ => FitsLeaf(field, value),
        };
        if (!fits)
        {
            throw new ParquetFormatException($"column '{field.Name}' holds {value.Kind} where its other rows hold {Wanted(field)}")
            {
                Hint = "give all rows of the column the same type",
            };
        }

        for (int index = 0; value.HasItems && index < value.Items.Count; index++)
        {
            Require(field.Kind == ParquetFieldKind.List ? field.Element : field.Children[index], value.Items[index]);
        }
    }

    private static bool FitsLeaf(ParquetField field, ParquetValue value) => field.Type switch
    {
        PhysicalType.Boolean => value.Kind == ParquetKind.Boolean,
        PhysicalType.Int32 => value.Kind == ParquetKind.Int32,
        PhysicalType.Int64 => value.Kind == ParquetKind.Int64,
        PhysicalType.Float => value.Kind == ParquetKind.Float,
        PhysicalType.Double => value.Kind == ParquetKind.Double,
        PhysicalType.Int96 => value.Kind == ParquetKind.Bytes && value.AsBytes.Length == Int96Bytes,
        PhysicalType.FixedLengthByteArray => value.Kind == ParquetKind.Bytes && value.AsBytes.Length == field.TypeLength,
        _ => value.Kind == ParquetKind.Bytes,
    };

    private static string Wanted(ParquetField field) => field.Kind == ParquetFieldKind.Leaf ? field.Type.ToString() : field.Kind.ToString();
}
