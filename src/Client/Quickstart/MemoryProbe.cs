using System.Text.Json.Nodes;
using NSft.Model;
using NSft.Training;
using NSft.Training.Samples;
using NSft.Training.Sessions;
using static TorchSharp.torch;

namespace NSft.Client.Quickstart;

/// <summary>
/// Measures what a method needs in memory above weights, gradients and optimizer state: one worker alone trains on one global batch,
/// the same pairs for every method, and the largest sum of live tensor bytes is read.
/// </summary>
internal static class MemoryProbe
{
    private const int StepCount = 1;
    private const string RowsFile = ".memory-probe.json";

    /// <summary>The bytes, or null where the tensor library does not count them.</summary>
    public static Task<long?> MeasureAsync(TrainingOptions options, string folder, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => Measure(options, folder, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static long? Measure(TrainingOptions options, string folder, CancellationToken cancellation)
    {
        if (TensorMemory.AllocatedBytes is not long before)
        {
            return null;
        }

        set_num_threads(1);
        string rows = Path.Combine(folder, RowsFile);
        try
        {
            JsonArray all = JsonNode.Parse(File.ReadAllText(options.DataPath))!.AsArray();
            File.WriteAllText(rows, new JsonArray([.. all.Take(options.GlobalBatch).Select(row => row!.DeepClone())]).ToJsonString());
            TrainingOptions probe = options with { DataPath = rows, Epochs = null, Steps = StepCount };
            using TrainingSession session = TrainingSession.Open(probe, TrainingData.Load(probe));
            TensorMemory.ResetPeak();
            LocalTrainer.Run(session, cancellation: cancellation);
            return TensorMemory.PeakBytes - before - session.Memory.Tensors;
        }
        finally
        {
            File.Delete(rows);
        }
    }
}
