using System.Text.Json;
using System.Text.Json.Nodes;
using NSft.Data.Formats;

namespace NSft.Data.Tests.Formats;

public sealed class FormatRoundTripTests : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats => [.. FormatSamples.Formats];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void WriteOfRead_SameFormat_IsTheSameJson(string name)
    {
        string[] rows = FormatSamples.Of(name);
        string array = _folder.Write("in.json", "[\n  " + string.Join(",\n  ", rows.Select(Spaced)) + "\n]");
        string lines = _folder.Write("in.jsonl", string.Join('\n', rows));
        foreach (string path in new[] { array, lines })
        {
            DatasetRecord[] records = Read(name, path);
            string written = Path.Combine(_folder.Root, "out" + Path.GetExtension(path));
            DatasetFormats.ByName(name).Write(written, records, new DatasetWriteOptions());
            Assert.Equal(rows.Length, records.Length);
            AssertSame(rows, written);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_NewIdOnly_KeepsTheRest(string name)
    {
        string[] rows = FormatSamples.Of(name);
        string path = _folder.Write("in.jsonl", string.Join('\n', rows));
        string written = Path.Combine(_folder.Root, "out.jsonl");
        DatasetFormats.ByName(name).Write(written, Read(name, path).Select(record => record with { Id = $"new {record.Row}" }), new DatasetWriteOptions());
        string[] expected = [.. rows.Select((row, index) =>
        {
            JsonObject json = JsonNode.Parse(row)!.AsObject();
            json["id"] = $"new {index + 1}";
            return json.ToJsonString();
        })];
        AssertSame(expected, written);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void WriteAnew_SameFormat_ReadsTheSame(string name)
    {
        DatasetRecord[] records = Read(name, _folder.Write("in.jsonl", string.Join('\n', FormatSamples.Of(name))));
        string written = Path.Combine(_folder.Root, "out.jsonl");
        List<RowProblem> problems = [];
        DatasetFormats.ByName(name).Write(written, records.Select(record => record with { Source = null }), new DatasetWriteOptions { LeftOut = problems.Add });
        Assert.Empty(problems);
        Assert.Equal(records.Select(FormatContent.Of), Read(name, written).Select(FormatContent.Of));
    }

    private static DatasetRecord[] Read(string name, string path) => [.. DatasetFormats.ByName(name).Read(path, new DatasetReadOptions()).Select(read =>
    {
        Assert.Null(read.Problem);
        return read.Record!;
    })];

    private static void AssertSame(string[] expected, string written)
    {
        string text = File.ReadAllText(written);
        string[] actual = written.EndsWith(".jsonl", StringComparison.Ordinal)
            ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : [.. JsonNode.Parse(text)!.AsArray().Select(row => row!.ToJsonString())];
        Assert.Equal(expected.Length, actual.Length);
        foreach ((string one, string other) in expected.Zip(actual))
        {
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other)), $"{one}\n{other}");
        }
    }

    private static string Spaced(string row) => JsonNode.Parse(row)!.ToJsonString(Indented);
}
