using System.Text;
using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Reading;

namespace NSft.Data.Tests;

public sealed class JsonRowSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Value_LongArray_IsReadAsItIsTaken()
    {
        const int RowCount = 20_000;
        const int MostAhead = 1 << 17;
        string rows = string.Join(",\n", Enumerable.Range(1, RowCount).Select(row => $"{{\"id\": {row}, \"text\": \"{row * 7919L}\"}}"));
        using MemoryStream stream = new(Encoding.UTF8.GetBytes($"[{rows}]"));
        JsonValueReader reader = new(stream, "long.json");
        Assert.Equal(JsonTokenType.StartArray, reader.Token(out _));
        int count = 0;
        long taken = 0;
        while (reader.Value(out ReadOnlySpan<byte> json))
        {
            count++;
            taken += json.Length + 2;
            Assert.Equal(count, JsonElement.Parse(json).GetProperty("id").GetInt32());
            Assert.InRange(stream.Position - taken, -2, MostAhead);
        }

        Assert.Equal(RowCount, count);
        Assert.Equal(JsonTokenType.None, reader.Token(out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_530)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    public void Read_RowsAcrossBuffers_AreWhole(int length)
    {
        string text = new('y', length);
        string path = _folder.Write("rows.json", $"[ {{\"a\": \"{text}\"}}, 1.5 ,\n[\"{text}\", [\"]\"]], null]\n ");
        JsonRow[] rows = [.. JsonRowSource.Read(path)];
        Assert.Equal(4, rows.Length);
        Assert.Equal(text, rows[0].Element.GetProperty("a").GetString());
        Assert.Equal("1.5", rows[1].Element.GetRawText());
        Assert.Equal(text, rows[2].Element[0].GetString());
        Assert.Null(rows[3].Error);
    }

    [Fact]
    public void Read_ForeignEncoding_IsNamed()
    {
        const string Text = "[{\"a\": 1}]";
        (byte[] Bytes, string Name)[] cases =
        [
            ([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)], "UTF-16;"),
            ([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)], "UTF-16;"),
            (Encoding.Unicode.GetBytes(Text), "UTF-16 without"),
            (Encoding.BigEndianUnicode.GetBytes(Text), "UTF-16 without"),
            ([0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(Text)], "UTF-32"),
            ([0x1F, 0x8B, 8, 0, 1], "gzip"),
            (Encoding.ASCII.GetBytes("PAR1...."), "Parquet"),
        ];
        foreach ((byte[] bytes, string name) in cases)
        {
            string path = _folder.Write("foreign.json", bytes);
            UserInputException error = Assert.Throws<UserInputException>(() => JsonRowSource.Read(path).Count());
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
            Assert.Contains("foreign.json", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_ArrayThatBreaks_GivesTheRowsBefore()
    {
        string path = _folder.Write("broken.json", "[{\"a\": 1},\n{\"a\": 2},\n{\"a\" 3}]");
        List<int> rows = [];
        UserInputException error = Assert.Throws<UserInputException>(() => rows.AddRange(JsonRowSource.Read(path).Select(row => row.Row)));
        Assert.Contains("not valid JSON at line 3, position 6", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", "")]
    [InlineData("", "\n{\"a\":1}")]
    public void Read_DeepNesting_IsAnError(string before, string after)
    {
        string path = _folder.Write("deep.json", before + "{\"a\":" + new string('[', 100_000) + after);
        try
        {
            JsonRow[] rows = [.. JsonRowSource.Read(path)];
            Assert.Contains("not valid JSON", rows[0].Error, StringComparison.Ordinal);
            Assert.Null(rows[1].Error);
        }
        catch (UserInputException error)
        {
            Assert.Contains("not valid JSON at line 1", error.Message, StringComparison.Ordinal);
        }
    }
}
