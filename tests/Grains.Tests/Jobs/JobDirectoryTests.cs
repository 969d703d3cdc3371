using NSft.Collectives;
using NSft.Grains.Jobs;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Jobs;

public sealed class JobDirectoryTests : IDisposable
{
    private static readonly JobRecord Record = new(new JobFacts("construct", new Dictionary<string, string> { ["--data"] = "a.json", ["--turns"] = "6" }), 8);

    private readonly TemporaryDirectory _root = new();

    private string Path => _root.At("out.json.work");

    public void Dispose() => _root.Dispose();

    [Fact]
    public void ReadBlock_Written_GivesLinesAndTally()
    {
        var directory = JobDirectory.Open(Path, Record, out _);

        directory.WriteBlock(3, new BlockContent(["{\"a\":\"\u00e9\"}", "{\"b\":2}"], "{\"pairs\":2}"));

        var content = directory.ReadBlock(3);
        Assert.Equal(["{\"a\":\"\u00e9\"}", "{\"b\":2}"], content.Lines);
        Assert.Equal("{\"pairs\":2}", content.Tally);
        Assert.True(File.Exists(System.IO.Path.Combine(Path, "blocks", "000004.jsonl")));
    }

    [Fact]
    public void Open_SameJob_GoesOnWithTheBlockSizeThatItBeganWith()
    {
        JobDirectory.Open(Path, Record, out _);

        JobDirectory.Open(Path, Record with { BlockSize = 64 }, out var opened);

        Assert.Equal(8, opened.BlockSize);
    }

    [Fact]
    public void Open_AnotherJob_NamesWhatDiffersAndWhatToDo()
    {
        JobDirectory.Open(Path, Record, out _);
        var other = new JobRecord(new JobFacts("construct", new Dictionary<string, string> { ["--data"] = "a.json", ["--turns"] = "9" }), 8);

        var error = Assert.Throws<UserInputException>(() => JobDirectory.Open(Path, other, out _));

        Assert.Contains("out.json.work: holds another job: --turns is 6 there and 9 here", error.Message, StringComparison.Ordinal);
        Assert.Contains("--work", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderOfSomethingElse_IsRefusedAndLeftAlone()
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(System.IO.Path.Combine(Path, "thesis.tex"), "mine");

        Assert.Throws<UserInputException>(() => JobDirectory.Open(Path, Record, out _));

        Assert.Equal("thesis.tex", System.IO.Path.GetFileName(Assert.Single(Directory.GetFiles(Path))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    public void Open_RecordDamaged_NamesTheFile(string content)
    {
        JobDirectory.Open(Path, Record, out _);
        File.WriteAllText(System.IO.Path.Combine(Path, "job.json"), content);

        var error = Assert.Throws<UserInputException>(() => JobDirectory.Open(Path, Record, out _));

        Assert.Contains("job.json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(30)]
    public void Scan_BlockChangedAtAByte_IsNamedAndRemoved(int at)
    {
        var directory = JobDirectory.Open(Path, Record, out _);
        directory.WriteBlock(0, new BlockContent(["{\"a\":1}", "{\"b\":2}"], "{}"));
        directory.WriteBlock(1, new BlockContent(["{\"c\":3}"], "{}"));
        var file = System.IO.Path.Combine(Path, "blocks", "000001.jsonl");
        var bytes = File.ReadAllBytes(file);
        bytes[at] ^= 1;
        File.WriteAllBytes(file, bytes);

        var scan = directory.Scan(3);

        Assert.Equal([1], scan.Done);
        Assert.Equal([file], scan.Damaged);
        Assert.False(directory.HasBlock(0));
    }

    [Fact]
    public void Scan_BlockCutAnywhere_IsNeverTakenForWhole()
    {
        var directory = JobDirectory.Open(Path, Record, out _);
        directory.WriteBlock(0, new BlockContent(["{\"a\":1}", "{\"b\":2}"], "{}"));
        var file = System.IO.Path.Combine(Path, "blocks", "000001.jsonl");
        var bytes = File.ReadAllBytes(file);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(file, bytes[..length]);
            Assert.Null(directory.TryReadBlock(0));
        }
    }

    [Fact]
    public void Lock_HeldByAnother_IsRefusedUntilItIsFree()
    {
        using (JobDirectory.Lock(Path))
        {
            Assert.Throws<UserInputException>(() => JobDirectory.Lock(Path));
        }

        JobDirectory.Lock(Path).Dispose();
    }
}
