using System.Text.Json;
using NSft.Tests.Servers;

namespace NSft.Client.Tests.Storage;

public sealed class StoreVerbTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private AzuriteServer? _azurite;
    private string _config = string.Empty;

    public async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteServer.StartAsync();
        _config = _folder.Write("config.json", JsonSerializer.Serialize(new { Storage = new { _azurite.ConnectionString, BlockBytes = 65536 } }));
    }

    public async ValueTask DisposeAsync()
    {
        await _azurite!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Copy_FolderThereAndBack_IsTheSame()
    {
        byte[] large = new byte[300_000];
        new Random(5).NextBytes(large);
        Directory.CreateDirectory(_folder.At("data/images"));
        await File.WriteAllBytesAsync(_folder.At("data/images/large one.png"), large, TestContext.Current.CancellationToken);
        _folder.Write("data/manifest.json", "{}");

        JsonElement sent = (await StoreAsync("cp", _folder.At("data"), "azblob:first/set", "--json")).Json();
        JsonElement listed = (await StoreAsync("ls", "azblob:first/set", "--json")).Json();
        await StoreAsync("cp", "azblob:first/set", "azblob:second");
        await StoreAsync("cp", "azblob:second/", _folder.At("back"));
        await StoreAsync("cp", "azblob:second/images/large one.png", _folder.At("one.png"));
        await StoreAsync("cp", _folder.At("one.png"), _folder.At("new/two.png"));

        Assert.Equal((2, 300_002), (sent.GetProperty("objects").GetInt32(), sent.GetProperty("bytes").GetInt64()));
        Assert.Equal(["images/large one.png", "manifest.json"], listed.GetProperty("objects").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        Assert.Equal(large, await File.ReadAllBytesAsync(_folder.At("back/images/large one.png"), TestContext.Current.CancellationToken));
        Assert.Equal(large, await File.ReadAllBytesAsync(_folder.At("new/two.png"), TestContext.Current.CancellationToken));
        Assert.Equal("{}", await File.ReadAllTextAsync(_folder.At("back/manifest.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Remove_OneOrAll_DeletesThatAlone()
    {
        string file = _folder.Write("a.txt", "a");
        await StoreAsync("cp", file, "azblob:things/run/a.txt");
        await StoreAsync("cp", file, "azblob:things/run/below/");
        await StoreAsync("cp", file, "azblob:things/running.txt");

        (await StoreAsync("rm", "azblob:things/run")).IsUserError("azblob:things/run", "2 are below it", "--recursive");
        (await StoreAsync("rm", "azblob:things/none")).IsUserError("azblob:things/none", "nothing is there");
        Assert.Equal(1, (await StoreAsync("rm", "azblob:things/run/a.txt", "--json")).Json().GetProperty("objects").GetInt32());
        Assert.Equal(1, (await StoreAsync("rm", "azblob:things/run", "--recursive", "--json")).Json().GetProperty("objects").GetInt32());
        Assert.Contains("running.txt", (await StoreAsync("ls", "azblob:things")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_WrongPlaces_AreNamed()
    {
        (await StoreAsync("cp", _folder.At("none"), "azblob:things")).IsUserError(_folder.At("none"), "nothing is there");
        (await StoreAsync("cp", _config, Path.Combine(_config, "below"))).IsUserError(_config);
        (await StoreAsync("rm", _folder.Path, "--recursive")).IsUserError("is a path of this machine");
        (await StoreAsync("ls", "azblob:Things")).IsUserError("'Things' is no container's name");
    }

    private Task<ConsoleResult> StoreAsync(string verb, params string[] arguments) => ConsoleProcess.RunAsync(["--config", _config, "store", verb, .. arguments]);
}
