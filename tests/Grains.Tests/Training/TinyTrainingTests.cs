using System.Security.Cryptography;
using NSft.Collectives;
using NSft.Grains.Hosting;
using NSft.Grains.Tests.Testing;
using NSft.Model.Images;
using NSft.Tests;
using NSft.Training;
using NSft.Training.Samples;
using NSft.Training.Sessions;

namespace NSft.Grains.Tests.Training;

/// <summary>Training of the tiny LLaVA fixture through grains.</summary>
public sealed class TinyTrainingTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();

    [Theory]
    [InlineData(ObjectiveKind.Sft, 1)]
    [InlineData(ObjectiveKind.Sft, 2)]
    [InlineData(ObjectiveKind.Sft, 3)]
    [InlineData(ObjectiveKind.Dpo, 2)]
    public async Task Train_AnyNumberOfWorkers_ExportsTheBytesOfTheLocalTrainer(ObjectiveKind objective, int workers)
    {
        var options = Options() with { Objective = objective };
        var expected = TrainLocally(options, _root.At("local"));
        await using var cluster = await LocalCluster.StartAsync(workers, TestContext.Current.CancellationToken);

        var outcome = await new RunClient(cluster.Client).TrainAsync(
            options, _root.At("grains"), workers, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(expected.Hash, outcome.WeightsHash);
        Assert.Equal(expected.Records.Select(record => record.ToJson()), outcome.Steps.Select(record => record.ToJson()));
        Assert.Equal(Hashes(_root.At("local")), Hashes(_root.At("grains")));
    }

    [Fact]
    public async Task Train_ModelWithoutAShard_IsTheUsersInputAndLeavesNothing()
    {
        var model = _root.At("model");
        Directory.CreateDirectory(model);
        foreach (var file in Directory.EnumerateFiles(Fixture("model")).Where(file => !file.Contains("00003", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(model, Path.GetFileName(file)));
        }

        await using var cluster = await LocalCluster.StartAsync(2, TestContext.Current.CancellationToken);

        var problem = await Assert.ThrowsAsync<UserInputException>(() => new RunClient(cluster.Client).TrainAsync(
            Options() with { ModelDirectory = model }, _root.At("out"), 2, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("00003", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["model", "rows.json"], _root.Entries());
    }

    public void Dispose() => _root.Dispose();

    private static (string Hash, IReadOnlyList<StepRecord> Records) TrainLocally(TrainingOptions options, string directory)
    {
        using var session = TrainingSession.Open(options, TrainingData.Load(options));
        var records = LocalTrainer.Run(session, cancellation: TestContext.Current.CancellationToken);
        session.Export(directory);
        return (session.WeightsHash(), records);
    }

    private static string Fixture(params string[] parts) => RepositoryPaths.At(["tests", "fixtures", "llava-tiny", .. parts]);

    private static SortedDictionary<string, string> Hashes(string directory) => new(
        Directory.EnumerateFiles(directory)
            .Where(file => Path.GetFileName(file) != "steps.jsonl")
            .ToDictionary(file => Path.GetFileName(file)!, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);

    private TrainingOptions Options()
    {
        File.WriteAllText(
            _root.At("rows.json"),
            """
            [
            {"id":"a","image":"0.png","question":"What is it?","chosen":"A red circle.","rejected":"A blue square."},
            {"id":"b","image":"1.png","question":"Describe the image.","chosen":"Two stars on the left.","rejected":"A moon."},
            {"id":"c","image":"2.png","question":"How many?","chosen":"3","rejected":"five"},
            {"id":"d","image":"3.jpg","question":"What color?","chosen":"It is green.","rejected":"It is red."},
            {"id":"e","image":"4.jpg","question":"Is there a cross?","chosen":"No.","rejected":"Yes."}
            ]
            """);
        return new TrainingOptions
        {
            ModelDirectory = Fixture("model"),
            TokenizerPath = Fixture("tokenizer.model"),
            DataPath = _root.At("rows.json"),
            ImageDirectory = Fixture("images"),
            Template = "scenes",
            ImageMode = ImageMode.Pad,
            Objective = ObjectiveKind.Sft,
            GlobalBatch = 3,
            ShardCount = 2,
            Steps = 3,
            LearningRate = 1e-3,
            WarmupSteps = 0,
        };
    }
}
