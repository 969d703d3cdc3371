using NSft.Data.Parquet;
using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Tests.Parquet;

/// <summary>What is written is read again as it was.</summary>
public sealed class ParquetRoundTripTests
{
    [Theory]
    [InlineData(0, 1000, 1 << 20, "Snappy")]
    [InlineData(1, 1000, 1 << 20, "Uncompressed")]
    [InlineData(700, 100, 1 << 20, "Snappy")]
    [InlineData(700, 1000, 10_000, "Gzip")]
    [InlineData(3000, 100_000, 1 << 30, "Uncompressed")]
    public void Rows_WrittenAndRead_AreEqual(int count, int groupRows, long groupBytes, string codec)
    {
        using TemporaryFolder folder = new();
        List<ParquetValue[]> rows = ParquetSamples.Rows(ParquetSamples.Everything, count, seed: count);
        ParquetWriteOptions options = new()
        {
            Codec = Enum.Parse<Codec>(codec),
            RowGroupRows = groupRows,
            RowGroupBytes = groupBytes,
            KeyValues = new Dictionary<string, string> { ["key"] = "value \u00e9" },
        };
        string path = folder.Write("rows.parquet", ParquetSamples.Write(ParquetSamples.Everything, rows, options));
        using ParquetReader reader = ParquetReader.Open(path);
        Assert.Equal(count, reader.RowCount);
        Assert.Equal("value \u00e9", reader.KeyValues["key"]);
        Assert.Equal(rows, reader.Rows());
        AssertSame(ParquetSamples.Everything.Fields, reader.Schema.Fields);
    }

    [Fact]
    public void RowGroups_AboveTheirBytes_AreEnded()
    {
        using TemporaryFolder folder = new();
        List<ParquetValue[]> rows = ParquetSamples.Rows(ParquetSamples.Everything, 500, seed: 5);
        byte[] bytes = ParquetSamples.Write(ParquetSamples.Everything, rows, new ParquetWriteOptions { RowGroupBytes = 20_000 });
        using ParquetReader reader = ParquetReader.Open(folder.Write("rows.parquet", bytes));
        Assert.InRange(reader.RowGroupCount, bytes.Length / 40_000, bytes.Length / 5_000);
    }

    [Fact]
    public void Write_OfRowsRead_GivesTheSameBytes()
    {
        using TemporaryFolder folder = new();
        byte[] first = ParquetSamples.Write(ParquetSamples.Everything, ParquetSamples.Rows(ParquetSamples.Everything, 200, seed: 2), new ParquetWriteOptions());
        using ParquetReader reader = ParquetReader.Open(folder.Write("first.parquet", first));
        Assert.Equal(first, ParquetSamples.Write(reader.Schema, reader.Rows(), new ParquetWriteOptions()));
    }

    [Fact]
    public void Write_OfRepeatedWords_TakesFewBytes()
    {
        ParquetSchema schema = new([ParquetField.Text("word")]);
        IEnumerable<ParquetValue[]> rows = Enumerable.Range(0, 20_000).Select(row => new[] { ParquetValue.Text($"a word that is said again {row % 7}") });
        byte[] bytes = ParquetSamples.Write(schema, rows, new ParquetWriteOptions { Codec = Codec.Uncompressed });
        Assert.InRange(bytes.Length, 1, 20_000 * 3 / 8 * 2);
    }

    [Fact]
    public void Write_OfAValueOfAnotherType_NamesTheColumnAndAppendsNothing()
    {
        using TemporaryFolder folder = new();
        ParquetSchema schema = new([ParquetField.Text("word"), ParquetField.List(ParquetField.Leaf("element", PhysicalType.Int64), "numbers")]);
        using MemoryStream stream = new();
        ParquetWriter writer = new(stream, schema, new ParquetWriteOptions());
        ParquetFormatException exception = Assert.Throws<ParquetFormatException>(
            () => writer.Write([ParquetValue.Text("a"), ParquetValue.List([ParquetValue.Text("b")])]));
        writer.Write([ParquetValue.Text("c"), ParquetValue.Null]);
        writer.Finish();
        Assert.Contains("column 'element' holds Bytes where its other rows hold Int64", exception.Message, StringComparison.Ordinal);
        using ParquetReader reader = ParquetReader.Open(folder.Write("rows.parquet", stream.ToArray()));
        ParquetValue[] row = Assert.Single(reader.Rows());
        Assert.Equal([ParquetValue.Text("c"), ParquetValue.Null], row);
    }

    private static void AssertSame(IReadOnlyList<ParquetField> expected, IReadOnlyList<ParquetField> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach ((ParquetField one, ParquetField other) in expected.Zip(actual))
        {
            Assert.Equal((one.Name, one.Kind, one.IsOptional, one.Type, one.TypeLength), (other.Name, other.Kind, other.IsOptional, other.Type, other.TypeLength));
            Assert.Equal((one.Meaning.IsText, one.Meaning.IsList, one.Meaning.IsMap), (other.Meaning.IsText, other.Meaning.IsList, other.Meaning.IsMap));
            AssertSame(one.Children, other.Children);
        }
    }
}
