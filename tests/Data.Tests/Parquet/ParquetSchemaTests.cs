using System.Buffers.Binary;
using NSft.Collectives;
using NSft.Data.Parquet;
using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Tests.Parquet;

/// <summary>Lists as older writers spell them: the same pages under another schema.</summary>
public sealed class ParquetSchemaTests : IDisposable
{
    private static readonly ParquetField Number = ParquetField.Leaf("element", PhysicalType.Int32) with { IsOptional = false };
    private static readonly ParquetField Word = ParquetField.Struct("element", ParquetField.Text("word")) with { IsOptional = false };
    private static readonly SchemaElement WordLeaf = Leaf("word", PhysicalType.ByteArray, Repetition.Optional) with { Meaning = FieldMeaning.Text };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_OfAListOfTwoLevels_AreItsNumbers()
    {
        ParquetValue[][] rows = [[Numbers(1, 2, 3)], [ParquetValue.Null], [Numbers()], [Numbers(4)]];
        Assert.Equal(rows, Read(ParquetField.List(Number, "numbers"), rows, ListOf(Repetition.Optional), Leaf("array", PhysicalType.Int32, Repetition.Repeated)));
    }

    [Fact]
    public void Rows_OfARepeatedField_AreLists()
    {
        ParquetValue[][] rows = [[Numbers(1, 2, 3)], [Numbers()], [Numbers(4)]];
        Assert.Equal(rows, Read(ParquetField.List(Number, "numbers") with { IsOptional = false }, rows, Leaf("items", PhysicalType.Int32, Repetition.Repeated)));
    }

    [Theory]
    [InlineData("array")]
    [InlineData("items_tuple")]
    public void Rows_OfAListOfNamedGroups_AreStructs(string name)
    {
        ParquetValue[][] rows = [[Words("a", null)], [ParquetValue.Null], [Words("b")]];
        Assert.Equal(rows, Read(ParquetField.List(Word, "items"), rows, ListOf(Repetition.Optional), Group(name, Repetition.Repeated, 1), WordLeaf));
    }

    [Fact]
    public void Rows_OfAListOfThreeLevels_AreItsElements()
    {
        ParquetValue[][] rows = [[Words("a", null)], [ParquetValue.Null], [Words("b")]];
        ParquetValue[][] expected =
        [
            [ParquetValue.List([ParquetValue.Text("a"), ParquetValue.Null])],
            [ParquetValue.Null],
            [ParquetValue.List([ParquetValue.Text("b")])],
        ];
        Assert.Equal(expected, Read(ParquetField.List(Word, "items"), rows, ListOf(Repetition.Optional), Group("bag", Repetition.Repeated, 1), WordLeaf));
    }

    [Fact]
    public void Open_OfASchemaWithoutSense_SaysWhatIsWrong()
    {
        ParquetField field = ParquetField.List(Number, "numbers");
        AssertRefused("an impossible number of children", field, Group("root child", Repetition.Optional, 9));
        AssertRefused("nodes without a parent", field, Leaf("a", PhysicalType.Int32, Repetition.Optional), Leaf("b", PhysicalType.Int32, Repetition.Optional));
        AssertRefused("has no columns", field, Group("empty", Repetition.Optional, 0));
        AssertRefused("where the schema says Int64", field, Leaf("a", PhysicalType.Int64, Repetition.Optional));
        AssertRefused("nested too deeply", field, [.. Enumerable.Range(0, 60).Select(_ => Group("deep", Repetition.Optional, 1)), Leaf("a", PhysicalType.Int32, Repetition.Optional)]);
    }

    [Fact]
    public void Rows_OfMoreOptionalLevelsThanPages_AreRefused()
    {
        UserInputException exception = Assert.Throws<UserInputException>(
            () => Read(ParquetField.List(Number, "numbers"), [[Numbers(1, 2, 3)]], Leaf("flat", PhysicalType.Int32, Repetition.Required)));
        Assert.Contains("rows.parquet: column 'numbers.list.element', byte 4:", exception.Message, StringComparison.Ordinal);
    }

    private static ParquetValue Numbers(params int[] numbers) => ParquetValue.List([.. numbers.Select(ParquetValue.Int32)]);

    private static ParquetValue Words(params string?[] words) => ParquetValue.List(
        [.. words.Select(word => ParquetValue.Group([word is null ? ParquetValue.Null : ParquetValue.Text(word)]))]);

    private static SchemaElement ListOf(Repetition repetition) => Group("items", repetition, 1) with { Meaning = FieldMeaning.List };

    private static SchemaElement Group(string name, Repetition repetition, int children) => new() { Name = name, Repetition = repetition, ChildCount = children };

    private static SchemaElement Leaf(string name, PhysicalType type, Repetition repetition) => new() { Name = name, Type = type, Repetition = repetition };

    private void AssertRefused(string reason, ParquetField field, params SchemaElement[] elements)
    {
        UserInputException exception = Assert.Throws<UserInputException>(() => Read(field, [[Numbers(1)]], elements));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    // Writes rows under one schema and reads them under another.
    private List<ParquetValue[]> Read(ParquetField written, ParquetValue[][] rows, params SchemaElement[] elements)
    {
        byte[] bytes = ParquetSamples.Write(new ParquetSchema([written]), rows, new ParquetWriteOptions());
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - 8));
        int start = bytes.Length - 8 - length;
        FileFooter footer = FooterReader.Read(bytes.AsSpan(start, length));
        byte[] other = FooterWriter.Write(footer with { Schema = [Group("schema", Repetition.Required, 1), .. elements] });
        byte[] size = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(size, other.Length);
        using ParquetReader reader = ParquetReader.Open(_folder.Write("rows.parquet", [.. bytes.AsSpan(0, start), .. other, .. size, .. "PAR1"u8]));
        return [.. reader.Rows()];
    }
}
