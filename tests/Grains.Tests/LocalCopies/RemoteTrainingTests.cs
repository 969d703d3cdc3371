using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NSft.Collectives;
using NSft.Grains.Hosting;
using NSft.Grains.LocalCopies;
using NSft.Grains.Tests.Testing;
using NSft.Storage;
using NSft.Training;
using NSft.Training.Samples;
using NSft.Training.Sessions;

namespace NSft.Grains.Tests.LocalCopies;

/// <summary>Training of the tiny LLaVA fixture from addresses.</summary>
public sealed class RemoteTrainingTests : IDisposable
{
    private readonly TinyRun _tiny = new();
    private readonly MemoryStores _stores = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public async Task Train_FromAddresses_IsTheRunFromFolders()
    {
        var local = _tiny.Options();
        var remote = Upload(local);
        _stores.Put("data/images/unused.png", new byte[1000]);
        await using var cluster = await StartAsync();

        var near = await TrainAsync(cluster, local, "near");
        var far = await TrainAsync(cluster, remote, "far");

        Assert.Equal(near.WeightsHash, far.WeightsHash);
        Assert.Equal(near.Steps.Select(step => step.ToJson()), far.Steps.Select(step => step.ToJson()));
        Assert.Equal(_stores.Fetched.Distinct().Count(), _stores.Fetched.Count);
        Assert.DoesNotContain("data/images/unused.png", _stores.Fetched);
    }

    [Fact]
    public async Task Train_FromAFolderAndFromAddresses_HasOnePlan()
    {
        var local = _tiny.Options();
        var remote = Upload(local);
        var cache = new CopyCache(_stores, new CacheOptions { Directory = _tiny.At("cache") }, TimeProvider.System);
        using var inputs = await LocalInputs.FetchAsync(remote, InputScope.Training, cache, null, Cancellation);
        using var near = TrainingSession.Open(local, TrainingData.Load(local));
        using var far = TrainingSession.Open(inputs.Options, inputs.LoadData());

        Assert.Equal(near.Facts.PlanHash, far.Facts.PlanHash);
    }

    [Fact]
    public async Task Fetch_ForChecking_BringsNeitherWeightsNorImages()
    {
        var remote = Upload(_tiny.Options());
        var cache = new CopyCache(_stores, new CacheOptions { Directory = _tiny.At("cache") }, TimeProvider.System);
        using var inputs = await LocalInputs.FetchAsync(remote, InputScope.Checking, cache, null, Cancellation);

        Assert.Equal(5, inputs.LoadData().Samples.Count);
        Assert.DoesNotContain(_stores.Fetched, name => name.EndsWith(".safetensors", StringComparison.Ordinal) || name.Contains("images", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Train_ImageIsMissing_NamesAddressesNotCopies()
    {
        var remote = Upload(_tiny.Options()) with { ImageDirectory = "azblob:models/tiny", Strict = true };
        await using var cluster = await StartAsync();
        var error = await Assert.ThrowsAsync<UserInputException>(() => TrainAsync(cluster, remote, "out"));

        Assert.StartsWith("azblob:data/rows.json: row 1 (id a): image '0.png' is not in azblob:models/tiny;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_NothingAtAnAddress_IsToldOnce()
    {
        var remote = Upload(_tiny.Options()) with { ModelDirectory = "azblob:models/none" };
        await using var cluster = await StartAsync();
        var error = await Assert.ThrowsAsync<UserInputException>(() => TrainAsync(cluster, remote, "out"));

        Assert.Equal("azblob:models/none: nothing is there; check container and name", error.Message);
    }

    private Task<RunOutcome> TrainAsync(LocalCluster cluster, TrainingOptions options, string output) =>
        new RunClient(cluster.Client).TrainAsync(options, _tiny.At(output), 2, cancellationToken: Cancellation);

    private Task<LocalCluster> StartAsync() => LocalCluster.StartAsync(
        new LocalClusterOptions
        {
            SiloCount = 2,
            ConfigureServices = services =>
            {
                services.AddSingleton<IObjectStores>(_stores);
                services.AddSingleton(Options.Create(new CacheOptions { Directory = _tiny.At("cache") }));
            },
        },
        Cancellation);

    private TrainingOptions Upload(TrainingOptions options)
    {
        _stores.PutFolder("models/tiny", options.ModelDirectory);
        _stores.PutFolder("data/images", options.ImageDirectory);
        _stores.Put("data/rows.json", File.ReadAllBytes(options.DataPath));
        _stores.Put("models/tokenizer.model", File.ReadAllBytes(options.TokenizerPath));
        return options with
        {
            ModelDirectory = "azblob:models/tiny",
            ImageDirectory = "azblob:data/images",
            DataPath = "azblob:data/rows.json",
            TokenizerPath = "azblob:models/tokenizer.model",
        };
    }
}
