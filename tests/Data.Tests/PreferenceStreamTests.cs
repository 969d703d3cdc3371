using System.Runtime.CompilerServices;
using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Formats;
using NSft.Data.Reading;

namespace NSft.Data.Tests;

public sealed class PreferenceStreamTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nsft-stream-").FullName;

    private string Rows => Path.Combine(_folder, "rows.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("rows.jsonl")]
    [InlineData("rows.json")]
    public void Stream_RowsLeftBehind_AreNotHeld(string file)
    {
        string path = Path.Combine(_folder, file);
        string[] lines = [.. Enumerable.Range(0, 400).Select(Line)];
        File.WriteAllText(path, file.EndsWith('l') ? string.Join('\n', lines) : $"[{string.Join(",\n", lines)}]");
        using IEnumerator<PairRead> reads = PreferenceReader.Stream(path, new PreferenceReadOptions()).GetEnumerator();

        List<WeakReference> seen = Take(reads, 300);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // The row at the cursor is still there; a few more may be in registers.
        Assert.InRange(seen.Count(pair => pair.IsAlive), 0, 5);
        Assert.True(reads.MoveNext());
        Assert.Equal("p300", reads.Current.Pair!.Id);
    }

    [Fact]
    public void Stream_TakenInPart_DoesNotLookAtTheRest()
    {
        File.WriteAllLines(Rows, [Line(0), Line(1), "{\"id\": 5"]);

        Assert.Equal(["p0", "p1"], PreferenceReader.Stream(Rows, new PreferenceReadOptions { Strict = true }).Take(2).Select(read => read.Pair!.Id));
        Assert.Throws<UserInputException>(() => PreferenceReader.Stream(Rows, new PreferenceReadOptions { Strict = true }).Count());
    }

    [Fact]
    public void Stream_RowsOfAnotherFormat_ArePairs()
    {
        string path = Path.Combine(_folder, "seva.json");
        File.WriteAllText(path, """[{"id": "a", "image_id": "x.jpg", "question": "What is it?", "chosen": "A cup.", "reject": "A bowl."}]""");

        PairRead read = Assert.Single(PreferenceReader.Stream(path, new PreferenceReadOptions()));

        Assert.Equal(new PreferencePair("a", "x.jpg", "What is it?", "A cup.", "A bowl."), read.Pair! with { Row = 0, Extensions = NoExtensions.Value });
    }

    [Fact]
    public void Add_ManyTexts_KnowsEachAgain()
    {
        SeenTexts seen = new();
        for (int number = 0; number < 10_000; number++)
        {
            Assert.Equal(number, seen.Add($"text {number}", number));
        }

        for (int number = 0; number < 10_000; number++)
        {
            Assert.Equal(number, seen.Add($"text {number}", number + 1));
        }
    }

    [Fact]
    public void Add_IdsThatLookLikeRowNames_AreToldFromThem()
    {
        RowNames names = new();
        Assert.True(names.Add("row-3", 1));
        Assert.True(names.Add(null, 2));
        Assert.False(names.Add(null, 3));
        Assert.False(names.Add("row-2", 4));
        Assert.True(names.Add("row-1", 5));
        Assert.False(names.Add("row-1", 6));
        Assert.True(names.Add("row-02", 7));
        Assert.True(names.Add("row-3x", 8));
        Assert.True(names.Add(null, 9));
    }

    private static string Line(int number) =>
        JsonSerializer.Serialize(new { id = $"p{number}", image = "a.jpg", question = "What is there?", chosen = $"A cup {number}.", rejected = "A bowl." });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> Take(IEnumerator<PairRead> reads, int count)
    {
        List<WeakReference> seen = [];
        for (int taken = 0; taken < count; taken++)
        {
            Assert.True(reads.MoveNext());
            seen.Add(new WeakReference(reads.Current.Pair));
        }

        return seen;
    }
}
