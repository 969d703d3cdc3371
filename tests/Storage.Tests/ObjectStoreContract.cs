using System.Security.Cryptography;
using System.Text;
using NSft.Collectives;

namespace NSft.Storage.Tests;

/// <summary>What every store promises.</summary>
public abstract class ObjectStoreContract : IDisposable
{
    private readonly DirectoryInfo _local = Directory.CreateTempSubdirectory("nsft-store-");

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected string Local => _local.FullName;

    protected abstract IObjectStore Store { get; }

    public void Dispose()
    {
        _local.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Object_Absent_IsNull()
    {
        Assert.Null(await Store.FindAsync("a", Token));
        Assert.Null(await Store.ReadAsync("a/b", Token));
        await Store.DeleteAsync("a", WriteCondition.Any, Token);
        Assert.Empty(await Store.ListAsync(string.Empty, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Write_ThenRead_GivesTheSame()
    {
        ObjectFacts written = await Store.WriteAsync("runs/a.json", Bytes("one"), WriteCondition.Any, Token);
        StoredContent? read = await Store.ReadAsync("runs/a.json", Token);
        ObjectFacts? found = await Store.FindAsync("runs/a.json", Token);

        Assert.Equal("one", Text(read!.Content));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("one"u8)), written.Sha256);
        Assert.Equal(("runs/a.json", 3L, written.ETag), (found!.Name, found.Bytes, found.ETag));
        Assert.Equal(found.ETag, read.Facts.ETag);
    }

    [Fact]
    public async Task Write_Empty_IsAnEmptyObject()
    {
        await Store.WriteAsync("empty", default, WriteCondition.Any, Token);
        string path = Path.Combine(Local, "empty");
        await Store.DownloadAsync("empty", path, null, Token);

        Assert.Equal(0, (await Store.ReadAsync("empty", Token))!.Content.Length);
        Assert.Equal(0, new FileInfo(path).Length);
    }

    [Fact]
    public async Task Write_IfAbsent_RefusesTheSecond()
    {
        await Store.WriteAsync("a", Bytes("one"), WriteCondition.IfAbsent, Token);
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.WriteAsync("a", Bytes("two"), WriteCondition.IfAbsent, Token));
        Assert.Equal("one", Text((await Store.ReadAsync("a", Token))!.Content));
    }

    [Fact]
    public async Task Write_IfMatch_RefusesWhatOthersChanged()
    {
        ObjectFacts first = await Store.WriteAsync("a", Bytes("one"), WriteCondition.Any, Token);
        ObjectFacts second = await Store.WriteAsync("a", Bytes("two"), WriteCondition.IfMatch(first.ETag), Token);

        Assert.NotEqual(first.ETag, second.ETag);
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.WriteAsync("a", Bytes("six"), WriteCondition.IfMatch(first.ETag), Token));
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.WriteAsync("gone", Bytes("six"), WriteCondition.IfMatch(first.ETag), Token));
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.DeleteAsync("a", WriteCondition.IfMatch(first.ETag), Token));
        Assert.Equal("two", Text((await Store.ReadAsync("a", Token))!.Content));
        await Store.DeleteAsync("a", WriteCondition.IfMatch(second.ETag), Token);
        Assert.Null(await Store.FindAsync("a", Token));
    }

    [Fact]
    public async Task Write_ManyAtOnceUnderOneETag_OneSucceeds()
    {
        string etag = (await Store.WriteAsync("a", Bytes("0"), WriteCondition.Any, Token)).ETag;
        ObjectFacts?[] written = await Task.WhenAll(Enumerable.Range(1, 16).Select(writer => Task.Run(async () =>
        {
            try
            {
                return await Store.WriteAsync("a", Bytes($"{writer}"), WriteCondition.IfMatch(etag), Token);
            }
            catch (StoreConflictException)
            {
                return null;
            }
        })));

        ObjectFacts winner = Assert.Single(written, facts => facts is not null)!;
        StoredContent read = (await Store.ReadAsync("a", Token))!;
        Assert.Equal((winner.ETag, winner.Sha256), (read.Facts.ETag, Convert.ToHexStringLower(SHA256.HashData(read.Content.Span))));
    }

    [Fact]
    public async Task List_ByPrefix_IsInOrdinalOrder()
    {
        foreach (string name in new[] { "b", "a/2", "a/10", "a-b", "c/d/e f~g=h+i" })
        {
            await Store.WriteAsync(name, Bytes(name), WriteCondition.Any, Token);
        }

        Assert.Equal(["a-b", "a/10", "a/2", "b", "c/d/e f~g=h+i"], await Store.ListAsync(string.Empty, Token).Select(facts => facts.Name).ToListAsync(Token));
        Assert.Equal(["a/10", "a/2"], await Store.ListAsync("a/", Token).Select(facts => facts.Name).ToListAsync(Token));
        Assert.Equal(["a/10"], await Store.ListAsync("a/1", Token).Select(facts => facts.Name).ToListAsync(Token));
        ObjectFacts listed = await Store.ListAsync("b", Token).FirstAsync(Token);
        Assert.Equal(await Store.FindAsync("b", Token), listed);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(64 << 10)]
    [InlineData(1_000_003)]
    public async Task Upload_ThenDownload_GivesTheSameFile(int bytes)
    {
        string path = WriteLocal("in", bytes);
        Reported sent = new();
        Reported fetched = new();
        string back = Path.Combine(Local, "below", "out");

        ObjectFacts stored = await Store.UploadAsync("parts/one", path, WriteCondition.IfAbsent, sent, Token);
        ObjectFacts got = await Store.DownloadAsync("parts/one", back, fetched, Token);

        byte[] content = await File.ReadAllBytesAsync(path, Token);
        Assert.Equal(content, await File.ReadAllBytesAsync(back, Token));
        Assert.Equal((bytes, Convert.ToHexStringLower(SHA256.HashData(content))), (stored.Bytes, stored.Sha256));
        Assert.Equal((stored.ETag, (long)bytes), (got.ETag, got.Bytes));
        Assert.Equal((bytes, bytes), (sent.Most, fetched.Most));
        Assert.Equal(["out"], Directory.EnumerateFiles(Path.Combine(Local, "below")).Select(Path.GetFileName));
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.UploadAsync("parts/one", path, WriteCondition.IfAbsent, null, Token));
        Assert.NotEqual(stored.ETag, (await Store.UploadAsync("parts/one", path, WriteCondition.IfMatch(stored.ETag), null, Token)).ETag);
    }

    [Fact]
    public async Task Upload_AbsentFile_IsNamed()
    {
        string path = Path.Combine(Local, "none");
        UserInputException told = await Assert.ThrowsAsync<UserInputException>(() => Store.UploadAsync("a", path, WriteCondition.Any, null, Token));
        Assert.Contains(path, told.Message, StringComparison.Ordinal);
        Assert.Null(await Store.FindAsync("a", Token));
    }

    [Fact]
    public async Task Download_AbsentObject_IsNamedAndLeavesNoFile()
    {
        UserInputException told = await Assert.ThrowsAsync<UserInputException>(() => Store.DownloadAsync("none", Path.Combine(Local, "x"), null, Token));
        Assert.Contains(Store.Address.At("none").ToString(), told.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Local));
    }

    [Fact]
    public async Task Append_Lines_KeepsThemInOrder()
    {
        long size = await Store.AppendAsync("steps.jsonl", Bytes("1\n"), 0, Token);
        size = await Store.AppendAsync("steps.jsonl", Bytes("two\n"), size, Token);

        Assert.Equal(6, size);
        Assert.Equal("1\ntwo\n", Text((await Store.ReadAsync("steps.jsonl", Token))!.Content));
        Assert.Equal(6, (await Store.FindAsync("steps.jsonl", Token))!.Bytes);
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.AppendAsync("steps.jsonl", Bytes("x"), 2, Token));
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.AppendAsync("other.jsonl", Bytes("x"), 2, Token));
        Assert.Null(await Store.FindAsync("other.jsonl", Token));
    }

    [Fact]
    public async Task Append_ToAWrittenObject_Continues()
    {
        await Store.WriteAsync("events.jsonl", Bytes("copied\n"), WriteCondition.Any, Token);
        await Store.AppendAsync("events.jsonl", Bytes("new\n"), 7, Token);
        Assert.Equal("copied\nnew\n", Text((await Store.ReadAsync("events.jsonl", Token))!.Content));
    }

    [Fact]
    public async Task Append_ManyAtOnce_OneOfEachSizeSucceeds()
    {
        const int Writers = 8;
        int[] won = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            int times = 0;
            for (int line = 0; line < 5; line++)
            {
                try
                {
                    await Store.AppendAsync("fence", Bytes($"{writer}"), line, Token);
                    times++;
                }
                catch (StoreConflictException)
                {
                    // The others are faster.
                }
            }

            return times;
        })));

        string text = Text((await Store.ReadAsync("fence", Token))!.Content);
        Assert.Equal(won.Sum(), text.Length);
        Assert.Equal(won, Enumerable.Range(0, Writers).Select(writer => text.Count(letter => letter - '0' == writer)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData("a/.")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a.nsft-lock")]
    public async Task Name_NotPortable_IsRefused(string name) =>
        await Assert.ThrowsAsync<UserInputException>(() => Store.WriteAsync(name, default, WriteCondition.Any, Token));

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> content) => Encoding.UTF8.GetString(content.Span);

    protected string WriteLocal(string name, int bytes)
    {
        string path = Path.Combine(Local, name);
        File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(bytes));
        return path;
    }
}
