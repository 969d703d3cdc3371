using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NSft.Model;
using NSft.Model.Conversation;
using NSft.Training;
using NSft.Training.Plans;
using NSft.Training.Samples;
using NSft.Training.Sessions;

namespace NSft.Benches;

/// <summary>A training step (forward, backward, exact sum, clip, AdamW) beside PyTorch's (forward, backward, clip, AdamW).</summary>
internal static class TrainingStepBench
{
    private const int StepCount = 12;
    private const int SkippedCount = 2;

    /// <summary>Times steps on the same micro-batches; the losses of both sides must agree.</summary>
    public static BenchResult Run(SceneSample sample)
    {
        TrainingOptions options = sample.Training;
        TrainingData data = TrainingData.Load(options);
        using TrainingSession session = TrainingSession.Open(options, data);
        StepPlan plan = session.Plan.At(0);
        string path = Path.Combine(Path.GetTempPath(), $"nsft-bench-{Environment.ProcessId}.json");
        try
        {
            File.WriteAllText(path, JsonSerializer.Serialize(new { microBatches = MicroBatches(sample, data, plan) }));
            (double[] own, double loss) = TimeOwn(session);
            JsonElement peer = PeerProcess.Run(
                sample.PeerDirectory, "train.py", sample.ModelDirectory, path, StepCount.ToString(CultureInfo.InvariantCulture));
            double peerLoss = PeerProcess.Numbers(peer, "losses")[0];
            string agreement = string.Create(CultureInfo.InvariantCulture, $"loss of step 0: {loss:F6} and {peerLoss:F6}");
            return new BenchResult("samples/s", "PyTorch", own, PeerProcess.Numbers(peer, "seconds")[SkippedCount..], options.GlobalBatch, agreement);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // The first step measures exponents and so computes its gradients twice; the peer's first steps warm up too.
    private static (double[] Seconds, double Loss) TimeOwn(TrainingSession session)
    {
        var seconds = new List<double>();
        double first = 0;
        for (int step = 0; step < StepCount; step++)
        {
            long begin = Stopwatch.GetTimestamp();
            StepRecord record = LocalTrainer.RunStep(session);
            seconds.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
            first = step == 0 ? record.Loss : first;
        }

        return ([.. seconds[SkippedCount..]], first);
    }

    private static List<object> MicroBatches(SceneSample sample, TrainingData data, StepPlan plan)
    {
        using LlavaModel model = LlavaModel.Load(sample.ModelDirectory, new ModelLoadOptions(TorchSharp.torch.ScalarType.Float32, TorchSharp.torch.CPU));
        Func<string, float[]> pixels = VisionFeatures.PixelReader(sample.ModelDirectory);
        var batches = new List<object>();
        foreach (TrainingPass pass in plan.Shards.SelectMany(shard => shard.Passes))
        {
            TrainingSample[] rows = [.. pass.Samples.Select(index => data.Samples[index])];
            batches.Add(new
            {
                ids = rows.Select(row => Pad(row.Chosen.Ids, pass.PaddedLength, model.Config.Text.PadTokenId ?? 0)).ToArray(),
                labels = rows.Select(row => Pad(row.Chosen.Labels, pass.PaddedLength, LabelIds.Ignore)).ToArray(),
                features = rows.Select(row => VisionFeatures.Of(model, pixels, row.ImagePath)).ToArray(),
            });
        }

        return batches;
    }

    private static int[] Pad(int[] values, int length, int padding) => [.. values, .. Enumerable.Repeat(padding, length - values.Length)];
}
