using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NSft.Collectives.Files;
using NSft.Grains.Hosting;
using NSft.Training;

namespace NSft.Client.Output;

/// <summary>Keeps beside a trained model what it was trained with: all options and what came out.</summary>
internal static class RunRecordFile
{
    private const string FileName = "run.json";

    private static readonly JsonSerializerOptions Indented = new(ConsoleOutput.Json) { WriteIndented = true };

    /// <summary>Writes the record into the output folder; it appears whole.</summary>
    public static void Write(RunOutcome outcome, TrainingOptions options, int workerCount)
    {
        JsonObject record = new()
        {
            ["options"] = JsonNode.Parse(TrainingOptionsJson.Write(options)),
            ["learningRate"] = options.PeakLearningRate(),
            ["shards"] = options.ResolveShardCount(),
            ["steps"] = outcome.Steps.Count,
            ["loss"] = outcome.Steps[^1].Loss,
            ["weightsHash"] = outcome.WeightsHash,
            ["workers"] = workerCount,
            ["redoneSteps"] = outcome.RedoneSteps,
            ["seconds"] = outcome.Duration.TotalSeconds,
        };
        string path = Path.Combine(outcome.OutputDirectory, FileName);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(record.ToJsonString(Indented) + "\n"));
    }
}
