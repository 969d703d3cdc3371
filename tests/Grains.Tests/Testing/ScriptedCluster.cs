using Microsoft.Extensions.DependencyInjection;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Grains.ShardWorker;
using NSft.Storage;
using NSft.Training;

namespace NSft.Grains.Tests.Testing;

/// <summary>A cluster whose workers run scripted sessions, with a data file that the dataset grain accepts.</summary>
internal sealed class ScriptedCluster : IAsyncDisposable
{
    private const string Output = "out";

    private readonly TemporaryDirectory _root = new();
    private readonly LocalCluster _cluster;

    private ScriptedCluster(LocalCluster cluster)
    {
        _cluster = cluster;
        File.WriteAllText(_root.At("rows.json"), """[{"id":"a","image":"a.png","question":"What?","chosen":"This.","rejected":"That."}]""");
        File.WriteAllBytes(_root.At("a.png"), []);
    }

    internal string OutputDirectory => _root.At(Output);

    internal LocalCluster Cluster => _cluster;

    internal static async Task<ScriptedCluster> StartAsync(int silos, FaultPlan? faults = null, int steps = 4, int shards = 3, IObjectStores? stores = null)
    {
        var factory = new ScriptedSessionFactory(steps, shards, faults ?? new FaultPlan());
        return new ScriptedCluster(await LocalCluster.StartAsync(
            new LocalClusterOptions { SiloCount = silos, ConfigureServices = AddServices },
            TestContext.Current.CancellationToken));

        void AddServices(IServiceCollection services)
        {
            services.AddSingleton<IShardSessionFactory>(factory);
            if (stores is not null)
            {
                services.AddSingleton(stores);
            }
        }
    }

    internal Task<RunOutcome> TrainAsync(int workers, IProgress<RunProgress>? progress = null, string output = Output) =>
        new RunClient(_cluster.Client).TrainAsync(Options(), _root.At(output), workers, progress, cancellationToken: TestContext.Current.CancellationToken);

    internal Task<RunOutcome> TrainUntilAsync(int workers, CancellationToken cancellation) =>
        new RunClient(_cluster.Client).TrainAsync(Options(), OutputDirectory, workers, cancellationToken: cancellation);

    /// <summary>What a client would ask of a run grain.</summary>
    internal RunRequest Request(int workers) => new(TrainingOptionsJson.Write(Options()), workers, _root.At());

    /// <summary>What is in the test's directory besides the data.</summary>
    internal string[] Results() => [.. _root.Entries().Except(["rows.json", "a.png"])];

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _root.Dispose();
    }

    private TrainingOptions Options() => new()
    {
        ModelDirectory = _root.At("model"),
        TokenizerPath = _root.At("tokenizer.model"),
        DataPath = _root.At("rows.json"),
        ImageDirectory = _root.At(),
        Objective = ObjectiveKind.Sft,
    };
}
