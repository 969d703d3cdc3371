using System.Security.Cryptography;
using NSft.Collectives;
using NSft.Grains.Hosting;
using NSft.Grains.Tests.Testing;
using NSft.Training;
using NSft.Training.Samples;
using NSft.Training.Sessions;

namespace NSft.Grains.Tests.Training;

/// <summary>Training of the tiny LLaVA fixture through grains.</summary>
public sealed class TinyTrainingTests : IDisposable
{
    private readonly TinyRun _tiny = new();

    [Theory]
    [InlineData(ObjectiveKind.Sft, 1)]
    [InlineData(ObjectiveKind.Sft, 2)]
    [InlineData(ObjectiveKind.Sft, 3)]
    [InlineData(ObjectiveKind.Dpo, 2)]
    public async Task Train_AnyNumberOfWorkers_ExportsTheBytesOfTheLocalTrainer(ObjectiveKind objective, int workers)
    {
        var options = _tiny.Options() with { Objective = objective };
        var expected = TrainLocally(options, _tiny.At("local"));
        await using var cluster = await LocalCluster.StartAsync(workers, TestContext.Current.CancellationToken);

        var outcome = await new RunClient(cluster.Client).TrainAsync(
            options, _tiny.At("grains"), workers, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(expected.Hash, outcome.WeightsHash);
        Assert.Equal(expected.Records.Select(record => record.ToJson()), outcome.Steps.Select(record => record.ToJson()));
        Assert.Equal(Hashes(_tiny.At("local")), Hashes(_tiny.At("grains")));
    }

    [Fact]
    public async Task Train_ModelWithoutAShard_IsTheUsersInputAndLeavesNothing()
    {
        var model = _tiny.At("model");
        Directory.CreateDirectory(model);
        foreach (var file in Directory.EnumerateFiles(TinyRun.Fixture("model")).Where(file => !file.Contains("00003", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(model, Path.GetFileName(file)));
        }

        await using var cluster = await LocalCluster.StartAsync(2, TestContext.Current.CancellationToken);

        var problem = await Assert.ThrowsAsync<UserInputException>(() => new RunClient(cluster.Client).TrainAsync(
            _tiny.Options() with { ModelDirectory = model }, _tiny.At("out"), 2, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("00003", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["model", "rows.json"], _tiny.Entries());
    }

    public void Dispose() => _tiny.Dispose();

    private static (string Hash, IReadOnlyList<StepRecord> Records) TrainLocally(TrainingOptions options, string directory)
    {
        using var session = TrainingSession.Open(options, TrainingData.Load(options));
        var records = LocalTrainer.Run(session, cancellation: TestContext.Current.CancellationToken);
        session.Export(directory);
        return (session.WeightsHash(), records);
    }

    private static SortedDictionary<string, string> Hashes(string directory) => new(
        Directory.EnumerateFiles(directory)
            .Where(file => Path.GetFileName(file) != "steps.jsonl")
            .ToDictionary(file => Path.GetFileName(file)!, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);
}
