using Microsoft.Extensions.DependencyInjection;
using NSft.Evaluation.Running;
using NSft.Grains.Hosting;
using NSft.Grains.Sampling;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Sampling;

/// <summary>Prompts about the images of the tiny model, in a directory of their own.</summary>
internal sealed class SamplingWorld : IDisposable
{
    private static readonly string[] Images = ["0.png", "1.png", "2.png", "3.jpg", "4.jpg"];
    private static readonly string[] Questions = ["What is it?", "Describe the image.", "How many are there?", "Is there a cross?"];

    private readonly TemporaryDirectory _root = new();

    internal SamplingWorld() => Data = Write("prompts.jsonl", Rows);

    internal string Data { get; }

    internal string Output => _root.At("completions.jsonl");

    internal string Work => Output + ".work";

    /// <summary>One row an image and question, without identifiers.</summary>
    internal static string[] Rows { get; } =
        [.. Images.SelectMany(image => Questions.Select(question => $$"""{"image":"{{image}}","question":"{{question}}","chosen":"Nothing."}"""))];

    internal SamplingSettings Settings => new()
    {
        DataPath = Data,
        Model = new AnswerOptions
        {
            ModelDirectory = TinyRun.Fixture("model"),
            TokenizerPath = TinyRun.Fixture("tokenizer.model"),
            ImageDirectory = TinyRun.Fixture("images"),
            Template = "scenes",
            MaxNewTokens = 6,
            BatchSize = 4,
        },
        SampleCount = 2,
        Workers = 3,
    };

    /// <summary>A cluster with one slot a silo.</summary>
    internal static Task<LocalCluster> StartAsync(int silos, IPromptSamplerFactory? factory = null) => LocalCluster.StartAsync(
        new LocalClusterOptions
        {
            SiloCount = silos,
            ConfigureServices = services =>
            {
                services.Configure<DeviceOptions>(options => options.CpuSlots = 1);
                if (factory is not null)
                {
                    services.AddSingleton(factory);
                }
            },
        },
        TestContext.Current.CancellationToken);

    internal string Write(string name, IEnumerable<string> rows)
    {
        var path = _root.At(name);
        File.WriteAllLines(path, rows);
        return path;
    }

    internal Task<SamplingOutcome> SampleAsync(LocalCluster cluster, SamplingSettings? settings = null, CancellationToken? cancellation = null) =>
        new SamplingClient(cluster.Client).SampleAsync(
            settings ?? Settings, Output, cancellationToken: cancellation ?? TestContext.Current.CancellationToken);

    internal string Result() => File.ReadAllText(Output);

    internal string[] Entries() => _root.Entries();

    public void Dispose() => _root.Dispose();
}
