using NSft.Collectives;
using NSft.Grains.LocalCopies;
using NSft.Grains.Tests.Testing;
using NSft.Storage;

namespace NSft.Grains.Tests.LocalCopies;

public sealed class CopyCacheTests : IDisposable
{
    private static readonly StoreAddress Images = StoreAddress.Parse("azblob:data/images");
    private static readonly StoreAddress Rows = StoreAddress.Parse("azblob:data/rows.json");

    private readonly TemporaryDirectory _root = new();
    private readonly MemoryStores _stores = new();

    public CopyCacheTests()
    {
        _stores.Put("data/images/0.jpg", "zero");
        _stores.Put("data/images/deep/1.jpg", "one");
        _stores.Put("data/rows.json", "[]");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Fetch_Folder_IsThereAsFilesAndComesOnce()
    {
        var first = await FetchAsync(Images);
        var second = await FetchAsync(Images);

        Assert.Equal(first, second);
        Assert.Equal("images", Path.GetFileName(first));
        Assert.Equal("zero", await File.ReadAllTextAsync(Path.Combine(first, "0.jpg"), Cancellation));
        Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(first, "deep", "1.jpg"), Cancellation));
        Assert.Equal(2, _stores.Fetched.Count);
    }

    [Fact]
    public async Task Fetch_OneBlobOrAContainer_KeepsItsName()
    {
        var file = await FetchAsync(Rows);
        var container = await FetchAsync(StoreAddress.Parse("azblob:data"));

        Assert.Equal("rows.json", Path.GetFileName(file));
        Assert.Equal("[]", await File.ReadAllTextAsync(file, Cancellation));
        Assert.Equal("data", Path.GetFileName(container));
        Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(container, "images", "deep", "1.jpg"), Cancellation));
    }

    [Fact]
    public async Task Fetch_ManyAtOnce_FetchEachBlobOnce()
    {
        // A cache of its own for each, as in processes of their own: only the folder is shared.
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => FetchAsync(Images))));

        Assert.Equal(["data/images/0.jpg", "data/images/deep/1.jpg"], _stores.Fetched.Order());
    }

    [Fact]
    public async Task Fetch_NamedFiles_LeavesTheOthers()
    {
        using var copy = await Cache().OpenAsync(Images, Cancellation);
        await copy.FetchAsync(["./deep//1.jpg", "2.jpg"], null, Cancellation);

        Assert.Equal("data/images/deep/1.jpg", Assert.Single(_stores.Fetched));
        Assert.True(copy.Has("0.jpg"));
        Assert.False(copy.Has("2.jpg"));
    }

    [Fact]
    public async Task Fetch_ChangedBlob_IsAnotherCopy()
    {
        using var old = await Cache().OpenAsync(Rows, Cancellation);
        await old.FetchAsync(null, Cancellation);
        _stores.Put("data/rows.json", "[1]");
        using var changed = await Cache().OpenAsync(Rows, Cancellation);
        await changed.FetchAsync(null, Cancellation);

        Assert.NotEqual(old.Version, changed.Version);
        Assert.Equal("[]", await File.ReadAllTextAsync(old.LocalPath, Cancellation));
        Assert.Equal("[1]", await File.ReadAllTextAsync(changed.LocalPath, Cancellation));
    }

    [Fact]
    public async Task Fetch_BlobChangesMeanwhile_IsToldAndNotKept()
    {
        _stores.Fetching = name =>
        {
            _stores.Put(name, "changed");
            return Task.CompletedTask;
        };
        using var copy = await Cache().OpenAsync(Rows, Cancellation);
        var error = await Assert.ThrowsAsync<UserInputException>(() => copy.FetchAsync(null, Cancellation));

        Assert.Contains("azblob:data/rows.json: it was changed while", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(copy.LocalPath));
    }

    [Fact]
    public async Task Fetch_Progress_EndsAtTheSum()
    {
        var told = new ProgressList<CopyProgress>();
        using var copy = await Cache().OpenAsync(Images, Cancellation);
        await copy.FetchAsync(told, Cancellation);

        Assert.Equal(new CopyProgress(Images, 7, 7), told.Items.MaxBy(report => report.DoneBytes));
    }

    [Theory]
    [InlineData("azblob:data/none", "azblob:data/none: nothing is there; check container and name")]
    [InlineData("azblob:bad", "azblob:bad: object 'a/../../b' has no name that a file can have; rename or delete it")]
    public async Task Open_NothingOrNoFileName_IsTold(string address, string message)
    {
        _stores.Put("bad/a/../../b", "x");

        Assert.Equal(message, (await Assert.ThrowsAsync<UserInputException>(() => FetchAsync(StoreAddress.Parse(address)))).Message);
    }

    [Fact]
    public async Task Open_EmptyBlobsOfFolders_AreNoFiles()
    {
        _stores.Put("data/images", "");
        _stores.Put("data/images/deep", "");
        _stores.Put("data/images/more/", "");

        Assert.True(File.Exists(Path.Combine(await FetchAsync(Images), "deep", "1.jpg")));
        Assert.Equal(2, _stores.Fetched.Count);
    }

    [Fact]
    public async Task Fetch_OverTheLimit_RemovesWhatWasUsedLongestAgo()
    {
        var time = new ManualTime();
        foreach (var name in new[] { "a", "b", "c" })
        {
            _stores.Put($"data/{name}", new byte[40]);
            time.Advance(TimeSpan.FromMinutes(1));
            await FetchAsync(StoreAddress.Parse($"azblob:data/{name}"), 100, time);
        }

        Assert.Equal(["b", "c"], Files());
    }

    [Fact]
    public async Task Fetch_OverTheLimitWithAllInUse_IsTold()
    {
        _stores.Put("data/a", new byte[80]);
        using var used = await Cache(100).OpenAsync(StoreAddress.Parse("azblob:data/a"), Cancellation);
        await used.FetchAsync(null, Cancellation);
        _stores.Put("data/b", new byte[40]);
        var error = await Assert.ThrowsAsync<UserInputException>(() => FetchAsync(StoreAddress.Parse("azblob:data/b"), 100));

        Assert.Equal("azblob:data/b: its 40 bytes and the 80 of copies in use are more than Cache:LimitBytes 100; raise it", error.Message);
        Assert.Equal(["a"], Files());
    }

    [Fact]
    public async Task Open_FolderCannotBeWritten_NamesTheSetting()
    {
        await File.WriteAllTextAsync(_root.At("file"), "", Cancellation);
        var cache = new CopyCache(_stores, new CacheOptions { Directory = _root.At("file", "below") }, TimeProvider.System);
        var error = await Assert.ThrowsAsync<UserInputException>(() => cache.OpenAsync(Rows, Cancellation));

        Assert.Contains("name another folder with Cache:Directory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void New_WrongOptions_NamesThem()
    {
        var error = Assert.Throws<UserInputException>(() => Cache(0));

        Assert.Equal("Cache:LimitBytes cannot be 0: give bytes, or leave it out for no limit", error.Message);
    }

    private string[] Files() =>
        [.. Directory.EnumerateFiles(_root.At("cache"), "*", SearchOption.AllDirectories).Where(file => file.Contains("/files/", StringComparison.Ordinal)).Select(file => Path.GetFileName(file)).Order()];

    private CopyCache Cache(long? limit = null, TimeProvider? time = null) =>
        new(_stores, new CacheOptions { Directory = _root.At("cache"), LimitBytes = limit }, time ?? TimeProvider.System);

    private async Task<string> FetchAsync(StoreAddress address, long? limit = null, TimeProvider? time = null)
    {
        using var copy = await Cache(limit, time).OpenAsync(address, Cancellation);
        await copy.FetchAsync(null, Cancellation);
        return copy.LocalPath;
    }
}
