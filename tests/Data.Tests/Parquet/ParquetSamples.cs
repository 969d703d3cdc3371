using System.Text;
using NSft.Data.Parquet;
using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Tests.Parquet;

/// <summary>Schemas and seeded rows for round trips.</summary>
internal static class ParquetSamples
{
    private static readonly string[] Words = ["red", "blaue Kugel \u00e9", "", "\u732b", "a cat sits on a mat and looks at the dog"];

    /// <summary>Every type, and lists and structs within each other.</summary>
    public static ParquetSchema Everything { get; } = new(
    [
        ParquetField.Leaf("flag", PhysicalType.Boolean),
        ParquetField.Leaf("small", PhysicalType.Int32),
        ParquetField.Leaf("large", PhysicalType.Int64) with { IsOptional = false },
        ParquetField.Leaf("single", PhysicalType.Float),
        ParquetField.Leaf("real", PhysicalType.Double),
        ParquetField.Leaf("old", PhysicalType.Int96),
        ParquetField.Leaf("digest", PhysicalType.FixedLengthByteArray) with { TypeLength = 5 },
        ParquetField.Leaf("raw", PhysicalType.ByteArray),
        ParquetField.Text("word"),
        ParquetField.Text("sentence") with { IsOptional = false },
        ParquetField.Struct("image", ParquetField.Leaf("bytes", PhysicalType.ByteArray), ParquetField.Text("path")),
        ParquetField.List(ParquetField.Struct(
            "element", ParquetField.Text("role"), ParquetField.List(ParquetField.Text("element"), "content")), "messages"),
        ParquetField.List(ParquetField.List(ParquetField.Leaf("element", PhysicalType.Int32) with { IsOptional = false }, "element"), "grid") with { IsOptional = false },
        new ParquetField
        {
            Name = "map",
            Kind = ParquetFieldKind.List,
            Meaning = FieldMeaning.Map,
            Children = [ParquetField.Struct("key_value", ParquetField.Text("key") with { IsOptional = false }, ParquetField.Leaf("value", PhysicalType.Int64)) with { IsOptional = false }],
        },
    ]);

    public static List<ParquetValue[]> Rows(ParquetSchema schema, int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => schema.Fields.Select(field => Value(field, random)).ToArray())];
    }

    public static byte[] Write(ParquetSchema schema, IEnumerable<ParquetValue[]> rows, ParquetWriteOptions options)
    {
        using MemoryStream stream = new();
        ParquetWriter writer = new(stream, schema, options);
        foreach (ParquetValue[] row in rows)
        {
            writer.Write(row);
        }

        writer.Finish();
        return stream.ToArray();
    }

    private static ParquetValue Value(ParquetField field, Random random)
    {
        if (field.IsOptional && random.Next(6) == 0)
        {
            return ParquetValue.Null;
        }

        return field.Kind switch
        {
            ParquetFieldKind.Leaf => Leaf(field, random),
            ParquetFieldKind.List => ParquetValue.List([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(field.Element, random))]),
            _ => ParquetValue.Group([.. field.Children.Select(child => Value(child, random))]),
        };
    }

    private static ParquetValue Leaf(ParquetField field, Random random) => field.Type switch
    {
        PhysicalType.Boolean => ParquetValue.Boolean(random.Next(2) == 1),
        PhysicalType.Int32 => ParquetValue.Int32(random.Next(4) == 0 ? int.MinValue + random.Next(9) : random.Next(100)),
        PhysicalType.Int64 => ParquetValue.Int64(random.NextInt64(long.MinValue, long.MaxValue)),
        PhysicalType.Float => ParquetValue.Float(random.NextSingle()),
        PhysicalType.Double => ParquetValue.Double(random.Next(9) == 0 ? double.NaN : random.NextDouble()),
        PhysicalType.Int96 => Bytes(random, 12),
        PhysicalType.FixedLengthByteArray => Bytes(random, field.TypeLength),
        _ when field.Meaning.IsText => field.IsOptional
            ? ParquetValue.Text(Words[random.Next(Words.Length)])
            : ParquetValue.Bytes(Encoding.UTF8.GetBytes($"{Words[random.Next(Words.Length)]} {random.Next()}")),
        _ => Bytes(random, random.Next(40)),
    };

    private static ParquetValue Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return ParquetValue.Bytes(bytes);
    }
}
