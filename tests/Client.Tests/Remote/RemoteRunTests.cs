using System.Security.Cryptography;
using System.Text.Json;
using NSft.Storage;

namespace NSft.Client.Tests.Remote;

/// <summary>Runs whose input and records lie in Azurite: nothing but the result is in a folder.</summary>
public sealed class RemoteRunTests : IClassFixture<RemoteInput>, IAsyncDisposable
{
    private readonly StateCluster _cluster = new();
    private readonly RemoteInput _input;

    public RemoteRunTests(RemoteInput input)
    {
        _input = input;
        _cluster.Variables["Storage__ConnectionString"] = input.ConnectionString;
        _cluster.Variables["Cache__Directory"] = _cluster.At("cache");
        _cluster.Variables["Runs__Address"] = "azblob:runs/journals";
        _cluster.Write("rows.json", RemoteInput.Rows);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task DetachedRun_FromAddresses_IsTheRunFromFolders()
    {
        await _cluster.JsonAsync("up", "--silos", "2");
        JsonElement started = await _cluster.JsonAsync([.. Arguments("azblob:data/rows.json", "azblob:data/images", "azblob:models/tiny", "far"), "--detach", "--name", "far", "--workers", "2"]);
        string runId = started.GetProperty("run").GetString()!;

        Assert.Equal("completed", (await _cluster.JsonAsync("watch", "far")).GetProperty("phase").GetString());
        Assert.Equal(0, (await _cluster.RunElsewhereAsync(Arguments(_cluster.At("rows.json"), Fixture.Tiny("images"), Fixture.Model, "near"))).ExitCode);
        Assert.Equal(HashOf("near"), HashOf("far"));
        Assert.True(File.Exists(Path.Combine(_cluster.At("far"), "tokenizer.model")));
        Assert.Equal("completed", (await _cluster.JsonAsync("status", "far")).GetProperty("phase").GetString());
        JsonElement ledger = await _cluster.JsonAsync("events", "far", "--ledger");
        Assert.True(ledger.GetProperty("check").GetProperty("isRight").GetBoolean(), ledger.GetProperty("check").ToString());
        Assert.NotEmpty((await _cluster.JsonAsync("logs", "far")).GetProperty("lines").EnumerateArray());
        Assert.NotNull(await _input.Open($"runs/journals/{runId}").FindAsync("request.json", Cancellation));
        Assert.Contains("\"azblob:models/tokenizer.model\"", await File.ReadAllTextAsync(Path.Combine(_cluster.At("far"), "run.json"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DetachedRun_OutAtAnAddress_PublishesThereWithItsCompanions()
    {
        await _cluster.JsonAsync("up", "--silos", "2");
        string[] arguments = [.. Arguments("azblob:data/rows.json", "azblob:data/images", "azblob:models/tiny", "near"), "--workers", "2"];
        ConsoleResult stored = await _cluster.RunAsync([.. arguments[..^4], "--out", "azblob:results/far", "--workers", "2", "--checkpoints", "azblob:results/far.checkpoints", "--every", "2"]);
        Assert.True(stored.ExitCode == 0, stored.Error);
        Assert.Equal(0, (await _cluster.RunElsewhereAsync(arguments)).ExitCode);

        List<string> names = [];
        await foreach (ObjectFacts one in _input.Open("results/far").ListAsync("", Cancellation))
        {
            names.Add(one.Name);
        }

        Assert.Superset(Directory.GetFiles(_cluster.At("near")).Select(file => Path.GetFileName(file)).ToHashSet(), names.ToHashSet());
        foreach (string weights in names.Where(name => name.EndsWith(".safetensors", StringComparison.Ordinal)))
        {
            StoredContent content = (await _input.Open("results/far").ReadAsync(weights, Cancellation))!;
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_cluster.At("near"), weights), Cancellation), content.Content.ToArray());
        }

        (await _cluster.RunAsync([.. arguments[..^4], "--out", "azblob:results/far", "--detach"])).IsUserError("--out azblob:results/far:", "--overwrite");
    }

    [Fact]
    public async Task TrainHere_FromAddresses_KeepsThemInItsRecord()
    {
        ConsoleResult trained = await _cluster.RunElsewhereAsync(Arguments("azblob:data/rows.json", "azblob:data/images", "azblob:models/tiny", "here"));

        Assert.Equal(0, trained.ExitCode);
        Assert.True(Directory.Exists(_cluster.At("cache")));
        Assert.Contains("\"azblob:data/rows.json\"", await File.ReadAllTextAsync(Path.Combine(_cluster.At("here"), "run.json"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_NothingAtTheAddress_IsSaidBeforeItStarts() =>
        (await _cluster.RunElsewhereAsync([.. Arguments("azblob:data/rows.json", "azblob:data/images", "azblob:models/tiny", "none"), "--checkpoints", "azblob:runs/none", "--resume"]))
            .IsUserError("--resume: azblob:runs/none has nothing to go on from: no checkpoint is there");

    [Theory]
    [InlineData("azblob:data/none.json", "azblob:data/images", "azblob:data/none.json: nothing is there")]
    [InlineData("azblob:data/rows.json", "azblob:models/tiny", "azblob:data/rows.json: row 1 (id a): image '0.png' is not in azblob:models/tiny")]
    [InlineData("azblob:DATA/rows.json", "azblob:data/images", "'DATA' is no container's name")]
    public async Task Train_WrongAddress_SaysItInOneLine(string data, string images, string part) =>
        (await _cluster.RunElsewhereAsync(Arguments(data, images, "azblob:models/tiny", "out"))).IsUserError(part);

    [Fact]
    public async Task Generate_ModelAndImageAtAddresses_AnswersAsFromFolders()
    {
        string[] question = ["--prompt", "What is it?", "--template", "scenes", "--max-new-tokens", "4", "--json"];
        ConsoleResult near = await _cluster.RunElsewhereAsync(["generate", "--model", Fixture.Model, "--tokenizer", Fixture.Tokenizer, "--image", Fixture.Tiny("images", "0.png"), .. question]);
        ConsoleResult far = await _cluster.RunElsewhereAsync(["generate", "--model=azblob:models/tiny", "--image", "azblob:data/images/0.png", .. question]);

        Assert.Equal(near.Json().GetProperty("ids").ToString(), far.Json().GetProperty("ids").ToString());
    }

    [Fact]
    public async Task Construct_OutAtAnAddress_IsRefused() =>
        (await _cluster.RunElsewhereAsync("construct", "--data", "azblob:data/rows.json", "--out", "azblob:data/out.json"))
            .IsUserError("--out azblob:data/out.json: construct writes to this machine");

    private string[] Arguments(string data, string images, string model, string output) =>
    [
        "train", "--model", model, "--data", data, "--images", images, "--template", "scenes", "--objective", "sft", "--global-batch", "2", "--steps", "4",
        "--warmup-steps", "0", "--out", _cluster.At(output), .. StoreAddress.IsBlob(model) ? Array.Empty<string>() : ["--tokenizer", Fixture.Tokenizer],
    ];

    private string HashOf(string output)
    {
        string[] files = [.. Directory.GetFiles(_cluster.At(output), "*.safetensors").Order(StringComparer.Ordinal)];
        Assert.NotEmpty(files);
        return string.Join(' ', files.Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))));
    }
}
