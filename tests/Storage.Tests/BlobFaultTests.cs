using System.Text;
using NSft.Collectives;
using NSft.Tests.Servers;

namespace NSft.Storage.Tests;

public sealed class BlobFaultTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly DirectoryInfo _local = Directory.CreateTempSubdirectory("nsft-faults-");
    private readonly StoreAddress _address = StoreAddress.Parse($"azblob:{AzuriteFixture.NewContainer()}/root");
    private FaultProxy? _proxy;
    private IObjectStore? _store;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FaultProxy Proxy => _proxy!;

    private IObjectStore Store => _store!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await FaultProxy.StartAsync(azurite.Server.AccountUri);
        _store = Open(azurite.OptionsAt(_proxy.Port));
        await _store.WriteAsync("first", Bytes("0"), WriteCondition.Any, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        _local.Delete(recursive: true);
    }

    [Theory]
    [InlineData(Fault.Unavailable)]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.Hang)]
    [InlineData(Fault.LoseAnswer)]
    public async Task Write_FailsInPassing_IsDoneOnce(Fault fault)
    {
        IObjectStore store = Open(azurite.OptionsAt(Proxy.Port) with { RequestTimeout = TimeSpan.FromSeconds(1) });
        FaultRule rule = Proxy.Add(new FaultRule(fault, "PUT", "/root/a", times: 2));
        ObjectFacts made = await store.WriteAsync("a", Bytes("one"), WriteCondition.IfAbsent, Token);
        Assert.Equal(2, rule.Hits);
        Assert.Equal(made.ETag, (await store.FindAsync("a", Token))!.ETag);
        await Assert.ThrowsAsync<StoreConflictException>(() => store.WriteAsync("a", Bytes("two"), WriteCondition.IfAbsent, Token));
    }

    [Fact]
    public async Task Write_AnswerLostUnderETag_IsRecognised()
    {
        ObjectFacts before = await Store.WriteAsync("a", Bytes("one"), WriteCondition.Any, Token);
        Proxy.Add(new FaultRule(Fault.LoseAnswer, "PUT", "/root/a"));
        ObjectFacts after = await Store.WriteAsync("a", Bytes("two"), WriteCondition.IfMatch(before.ETag), Token);
        Assert.Equal(after.ETag, (await Store.ReadAsync("a", Token))!.Facts.ETag);
    }

    [Fact]
    public async Task Append_AnswerLost_AddsOnce()
    {
        long size = await Store.AppendAsync("log", Bytes("1\n"), 0, Token);
        Proxy.Add(new FaultRule(Fault.LoseAnswer, "PUT", "comp=blocklist"));
        size = await Store.AppendAsync("log", Bytes("2\n"), size, Token);
        await Store.AppendAsync("log", Bytes("3\n"), size, Token);
        Assert.Equal("1\n2\n3\n", await TextAsync("log"));
    }

    [Theory]
    [InlineData(Fault.Unavailable)]
    [InlineData(Fault.CutAnswer)]
    [InlineData(Fault.StallAnswer)]
    public async Task Read_FailsInPassing_IsWhole(Fault fault)
    {
        IObjectStore store = Open(azurite.OptionsAt(Proxy.Port) with { RequestTimeout = TimeSpan.FromSeconds(1) });
        await store.WriteAsync("a", Bytes("some text"), WriteCondition.Any, Token);
        FaultRule rule = Proxy.Add(new FaultRule(fault, "GET", "/root/a", times: 2));
        Assert.Equal("some text", Encoding.UTF8.GetString((await store.ReadAsync("a", Token))!.Content.Span));
        Assert.Equal(2, rule.Hits);
    }

    [Fact]
    public async Task Transfer_ManyFaults_GivesTheSameFile()
    {
        string path = Local("in", 1_000_003);
        Proxy.Add(new FaultRule(Fault.LoseAnswer, "PUT", "comp=block&", skip: 2, times: 3));
        Proxy.Add(new FaultRule(Fault.Unavailable, "PUT", "comp=block&", skip: 5, times: 4));
        Proxy.Add(new FaultRule(Fault.LoseAnswer, "PUT", "comp=blocklist"));
        ObjectFacts stored = await Store.UploadAsync("big", path, WriteCondition.IfAbsent, null, Token);
        Proxy.Add(new FaultRule(Fault.CutAnswer, "GET", "/root/big", skip: 3, times: 5));
        await Store.DownloadAsync("big", path + ".back", null, Token);
        Assert.Equal(await File.ReadAllBytesAsync(path, Token), await File.ReadAllBytesAsync(path + ".back", Token));
        Assert.Equal(stored.Sha256, (await Store.FindAsync("big", Token))!.Sha256);
    }

    [Fact]
    public async Task Upload_TakenUpAgain_SendsOnlyWhatIsMissing()
    {
        string path = Local("in", 1_000_003);
        using CancellationTokenSource stop = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.UploadAsync("big", path, WriteCondition.Any, new StopAt(500_000, stop), stop.Token));
        Assert.Null(await Store.FindAsync("big", Token));
        int sent = Count("PUT", "comp=block&");

        await Store.UploadAsync("big", path, WriteCondition.Any, null, Token);

        Assert.InRange(sent, 8, 15);
        Assert.InRange(Count("PUT", "comp=block&"), 16, 16 + 4);
        await Store.UploadAsync("big", path, WriteCondition.Any, null, Token);
        Assert.Single(Proxy.Requests, request => request.Contains("comp=blocklist", StringComparison.Ordinal) && request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Download_TakenUpAgain_FetchesOnlyWhatIsMissing()
    {
        string path = Local("in", 1_000_003);
        string back = path + ".back";
        await Store.UploadAsync("big", path, WriteCondition.Any, null, Token);
        using CancellationTokenSource stop = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.DownloadAsync("big", back, new StopAt(500_000, stop), stop.Token));
        Assert.False(File.Exists(back));
        await Store.DownloadAsync("big", back, null, Token);

        Assert.Equal(await File.ReadAllBytesAsync(path, Token), await File.ReadAllBytesAsync(back, Token));
        Assert.InRange(Count("GET", "/root/big"), 16, 16 + 4 + 2);
        Assert.Equal(2, Directory.GetFiles(_local.FullName).Length);
    }

    [Fact]
    public async Task Download_WrittenAnewMeanwhile_IsOfOneState()
    {
        string first = Local("first", 300_000);
        string second = Local("second", 300_000);
        string back = Path.Combine(_local.FullName, "back");
        await Store.UploadAsync("big", first, WriteCondition.Any, null, Token);
        using CancellationTokenSource stop = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.DownloadAsync("big", back, new StopAt(100_000, stop), stop.Token));
        await Store.UploadAsync("big", second, WriteCondition.Any, null, Token);
        await Store.DownloadAsync("big", back, null, Token);
        Assert.Equal(await File.ReadAllBytesAsync(second, Token), await File.ReadAllBytesAsync(back, Token));
        Assert.Equal(3, Directory.GetFiles(_local.FullName).Length);
    }

    [Fact]
    public async Task Request_Forbidden_IsToldAtOnceWithoutSecrets()
    {
        FaultRule rule = Proxy.Add(new FaultRule(Fault.Forbidden, "PUT", "/root/a", times: 9));
        UserInputException told = await Assert.ThrowsAsync<UserInputException>(() => Store.WriteAsync("a", Bytes("one"), WriteCondition.Any, Token));
        Assert.Equal(1, rule.Hits);
        Assert.Contains("refused the credentials (AuthenticationFailed)", told.Message, StringComparison.Ordinal);
        Assert.Contains(_address.At("a").ToString(), told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(azurite.Server.AccountKey, told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_NeverServed_IsToldAfterTheLimit()
    {
        IObjectStore store = Open(azurite.OptionsAt(Proxy.Port) with { RetryLimit = TimeSpan.FromMilliseconds(500) });
        FaultRule rule = Proxy.Add(new FaultRule(Fault.Unavailable, "PUT", "/root/a", times: 1000));
        UserInputException told = await Assert.ThrowsAsync<UserInputException>(() => store.WriteAsync("a", Bytes("one"), WriteCondition.Any, Token));
        Assert.InRange(rule.Hits, 2, 20);
        Assert.Contains("did not serve it for", told.Message, StringComparison.Ordinal);
        Assert.Contains("ServerBusy", told.Message, StringComparison.Ordinal);
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<string> TextAsync(string name) => Encoding.UTF8.GetString((await Store.ReadAsync(name, Token))!.Content.Span);

    private IObjectStore Open(StorageOptions options) => new ObjectStores(options).Open(_address);

    private int Count(string method, string part) =>
        Proxy.Requests.Count(request => request.StartsWith(method, StringComparison.Ordinal) && request.Contains(part, StringComparison.Ordinal));

    private string Local(string name, int bytes)
    {
        string path = Path.Combine(_local.FullName, name);
        File.WriteAllBytes(path, System.Security.Cryptography.RandomNumberGenerator.GetBytes(bytes));
        return path;
    }
}
