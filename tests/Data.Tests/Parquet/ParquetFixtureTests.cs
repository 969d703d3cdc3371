using System.Globalization;
using System.Text.Json.Nodes;
using NSft.Collectives;
using NSft.Data.Parquet;
using NSft.Tests;

namespace NSft.Data.Tests.Parquet;

/// <summary>Files that other writers made, against the rows that they were made from.</summary>
public sealed class ParquetFixtureTests
{
    public static TheoryData<string> Readable { get; } = new(
        "flat-snappy-groups", "flat-gzip", "flat-brotli", "flat-plain", "empty", "delta", "nested-v1-snappy", "nested-v2-snappy", "nested-v2-nodict",
        "nested-v2-brotli", "fallback-v1", "lz4raw");

    [Theory]
    [MemberData(nameof(Readable))]
    public void Rows_OfAnotherWriter_AreAsWritten(string name)
    {
        using ParquetReader reader = ParquetReader.Open(At($"{name}.parquet"));
        JsonArray expected = WithoutNulls(JsonNode.Parse(File.ReadAllText(At($"{name}.json")))!).AsArray();
        List<ParquetValue[]> rows = [.. reader.Rows()];
        Assert.Equal(expected.Count, rows.Count);
        Assert.Equal(expected.Count, reader.RowCount);
        for (int row = 0; row < rows.Count; row++)
        {
            foreach ((ParquetField field, ParquetValue value) in reader.Schema.Fields.Zip(rows[row]))
            {
                string actual = ParquetJson.Text(field, value)!;
                Assert.True(
                    JsonNode.DeepEquals(JsonNode.Parse(actual), expected[row]![field.Name]),
                    string.Create(CultureInfo.InvariantCulture, $"row {row}, {field.Name}: {actual} instead of {expected[row]![field.Name]?.ToJsonString()}"));
            }
        }
    }

    [Fact]
    public void Rows_OfSomeColumns_LeaveTheOthersNull()
    {
        using ParquetReader reader = ParquetReader.Open(At("nested-v1-snappy.parquet"));
        int image = reader.Schema.IndexOf("image");
        int score = reader.Schema.IndexOf("score");
        List<ParquetValue[]> rows = [.. reader.Rows(new HashSet<string> { "score" })];
        Assert.Equal(3, reader.RowGroupCount);
        Assert.All(rows, row => Assert.True(row[image].IsNull));
        Assert.Equal(0.25, rows[1][score].AsDouble);
    }

    [Fact]
    public void Rows_OfAnUnsupportedCodec_NameCodecColumnAndRemedy()
    {
        using ParquetReader reader = ParquetReader.Open(At("zstd.parquet"));
        UserInputException exception = Assert.Throws<UserInputException>(() => reader.Rows().Count());
        Assert.Contains("codec ZSTD is not supported", exception.Message, StringComparison.Ordinal);
        Assert.Contains("zstd.parquet: column 'id', byte 4:", exception.Message, StringComparison.Ordinal);
        Assert.Contains("write the file again with SNAPPY", exception.Message, StringComparison.Ordinal);
    }

    // Null fields of structs are left out of the JSON that rows become.
    private static JsonNode WithoutNulls(JsonNode node)
    {
        IEnumerable<JsonNode?> children = node is JsonArray items ? items : [];
        if (node is JsonObject fields)
        {
            foreach (string name in fields.Where(field => field.Value is null).Select(field => field.Key).ToList())
            {
                fields.Remove(name);
            }

            children = fields.Select(field => field.Value);
        }

        foreach (JsonNode? child in children.Where(child => child is JsonArray or JsonObject))
        {
            WithoutNulls(child!);
        }

        return node;
    }

    private static string At(string name) => RepositoryPaths.At("tests", "fixtures", "parquet", name);
}
