using System.Text;
using NSft.Collectives;
using NSft.Data.Reading;

namespace NSft.Data.Tests;

public sealed class JsonRowSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_LongArray_HoldsOneRowInMemory()
    {
        const int RowCount = 20_000;
        string path = Path.Combine(_folder.Root, "long.json");
        string filler = new('x', 2_000);
        using (StreamWriter writer = new(path))
        {
            writer.Write('[');
            for (int row = 1; row <= RowCount; row++)
            {
                writer.Write($"{(row == 1 ? "" : ",\n")}{{\"id\": {row}, \"text\": \"{filler}\"}}");
            }

            writer.Write(']');
        }

        int expected = 0;
        long most = 0;
        foreach (JsonRow row in JsonRowSource.Read(path))
        {
            expected++;
            Assert.Equal(expected, row.Row);
            Assert.Equal(expected, row.Element.GetProperty("id").GetInt32());
            if (expected % 5_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        Assert.Equal(RowCount, expected);
        Assert.True(most < new FileInfo(path).Length, $"{most} bytes are held of a file of {new FileInfo(path).Length}");
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
