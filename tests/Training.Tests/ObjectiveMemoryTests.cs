using System.Text.Json;
using NSft.Collectives;
using NSft.Model;
using NSft.Tests;
using NSft.Training.Samples;
using NSft.Training.Sessions;

namespace NSft.Training.Tests;

/// <summary>Peak bytes of tensors beyond weights, gradients and optimizer, on the sample's model with shards of two pairs.</summary>
public sealed class ObjectiveMemoryTests : IDisposable
{
    private const int TurnCount = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("nsft-training-memory").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Peak_NegativeSupervised_IsAtMostFiftyFivePercentOfDpo()
    {
        long sft = PeakAboveBase(ObjectiveKind.Sft);
        long nsft = PeakAboveBase(ObjectiveKind.Nsft);
        long dpo = PeakAboveBase(ObjectiveKind.Dpo);

        TestContext.Current.TestOutputHelper?.WriteLine($"sft {sft}, nsft {nsft}, dpo {dpo}: {(double)nsft / dpo:F3}");
        Assert.InRange(nsft, 1, 0.55 * dpo);
        Assert.InRange(nsft, 0.8 * sft, 1.2 * sft);
    }

    private long PeakAboveBase(ObjectiveKind objective)
    {
        long before = TensorMemory.AllocatedBytes ?? throw new InvalidOperationException("Bytes are counted in the embedded mode.");
        TrainingOptions options = Options(objective);
        using TrainingSession session = TrainingSession.Open(options, TrainingData.Load(options));
        Assert.InRange((double)(TensorMemory.AllocatedBytes!.Value - before) / (session.Memory.Tensors + session.Memory.Reference), 0.99, 1.03);
        TensorMemory.ResetPeak();
        for (int shard = 0; shard < session.Facts.ShardCount; shard++)
        {
            session.Prepare(0, new ShardRange(shard, 1), null, null, TestContext.Current.CancellationToken);
        }

        return TensorMemory.PeakBytes!.Value - before - session.Memory.Tensors;
    }

    private TrainingOptions Options(ObjectiveKind objective) => new()
    {
        ModelDirectory = RepositoryPaths.At("samples", "scenes", "model"),
        TokenizerPath = RepositoryPaths.At("samples", "scenes", "tokenizer.model"),
        DataPath = RepositoryPaths.At("samples", "scenes", "preferences.json"),
        ImageDirectory = RepositoryPaths.At("samples", "scenes", "images"),
        CorrectivePath = WriteCorrective(),
        Template = "scenes",
        Objective = objective,
        GlobalBatch = 8,
        Steps = 1,
    };

    /// <summary>Six turns for every pair, of the length that the constructor writes.</summary>
    private string WriteCorrective()
    {
        using JsonDocument pairs = JsonDocument.Parse(File.ReadAllText(RepositoryPaths.At("samples", "scenes", "preferences.json")));
        var rows = pairs.RootElement.EnumerateArray().Select(pair => new
        {
            id = pair.GetProperty("id").GetString(),
            image = pair.GetProperty("image").GetString(),
            conversations = Enumerable.Range(0, TurnCount).SelectMany(i => new[]
            {
                new { from = "human", value = (i == 0 ? "<image>\n" : "") + "Is there a hexagon in the image?" },
                new { from = "gpt", value = "No, there is no hexagon in the image." },
            }),
        });
        string path = Path.Combine(_folder, "corrective.json");
        File.WriteAllText(path, JsonSerializer.Serialize(rows));
        return path;
    }
}
