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
    /// <summary>Name of the file.</summary>
    public const string FileName = "run.json";

    private static readonly JsonSerializerOptions Indented = new(ConsoleOutput.Json) { WriteIndented = true };

    /// <summary>Writes the record of a completed run into its output folder; it appears whole.</summary>
    public static void Write(RunOutcome outcome, TrainingOptions options, int workerCount)
    {
        JsonObject record = Request(options, workerCount);
        record["steps"] = outcome.CommittedSteps;
        record["loss"] = outcome.Steps[^1].Loss;
        record["weightsHash"] = outcome.WeightsHash;
        record["redoneSteps"] = outcome.RedoneSteps;
        record["seconds"] = outcome.Duration.TotalSeconds;
        Write(outcome.OutputDirectory, Bytes(record));
    }

    /// <summary>What is known when a run is handed over to a cluster: what it was asked for.</summary>
    public static byte[] OfRequest(TrainingOptions options, int workerCount) => Bytes(Request(options, workerCount));

    /// <summary>Writes such a record into a folder.</summary>
    public static void Write(string directory, byte[] record) => AtomicFile.Write(Path.Combine(directory, FileName), record);

    private static JsonObject Request(TrainingOptions options, int workerCount) => new()
    {
        ["options"] = JsonNode.Parse(TrainingOptionsJson.Write(options)),
        ["learningRate"] = options.PeakLearningRate(),
        ["shards"] = options.ResolveShardCount(),
        ["workers"] = workerCount,
    };

    private static byte[] Bytes(JsonObject record) => Encoding.UTF8.GetBytes(record.ToJsonString(Indented) + "\n");
}
