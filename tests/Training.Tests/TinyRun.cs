using System.Runtime.InteropServices;
using NSft.Model.Conversation;
using NSft.Model.Serialization;
using NSft.Tests;
using NSft.Training.Samples;
using NSft.Training.Sessions;

namespace NSft.Training.Tests;

/// <summary>Sessions over the fixture's model and its three rows, taken from the reference's own ids, labels and pixels.</summary>
internal static class TinyRun
{
    private const int Side = 56;

    public static TrainingOptions Options { get; } = new()
    {
        ModelDirectory = Fixture("model"),
        TokenizerPath = Fixture("tokenizer.model"),
        DataPath = "rows",
        ImageDirectory = Fixture("images"),
        CorrectivePath = "corrective",
        Objective = ObjectiveKind.Sft,
        GlobalBatch = 3,
        ShardCount = 3,
        Steps = 12,
        LearningRate = 2e-3,
        WarmupSteps = 3,
        WeightDecay = 0.01,
    };

    /// <summary>The three rows; each row's other conversation is the next row's text about its own image.</summary>
    public static TrainingData Data { get; } = CreateData();

    public static string Fixture(params string[] parts) => RepositoryPaths.At(["tests", "fixtures", "llava-tiny", .. parts]);

    public static TrainingSession Open(TrainingOptions options) => TrainingSession.Open(options, Data, ReadPixels);

    public static TrainingSession Open(TrainingOptions options, TrainingData data) => TrainingSession.Open(options, data, ReadPixels);

    private static TrainingData CreateData()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Fixture("forward_expected.safetensors"));
        EncodedConversation[] texts = [.. Enumerable.Range(0, 3).Select(row => ReadRow(file, row))];
        return new TrainingData(
            [.. Enumerable.Range(0, 3).Select(row => new TrainingSample($"row-{row}", $"{row}", texts[row], texts[(row + 1) % 3]))], []);
    }

    private static EncodedConversation ReadRow(SafetensorsFile file, int row)
    {
        int length = Row(file, "attention_mask", row).Count(value => value == 1);
        return new EncodedConversation(Row(file, "input_ids", row)[..length], Row(file, "labels", row)[..length]);
    }

    private static int[] Row(SafetensorsFile file, string name, int row)
    {
        TensorEntry entry = file.Entries[name];
        var values = new long[entry.Shape[0] * entry.Shape[1]];
        file.Read(entry, MemoryMarshal.AsBytes(values.AsSpan()));
        int width = (int)entry.Shape[1];
        return [.. values[(row * width)..((row + 1) * width)].Select(value => (int)value)];
    }

    private static float[] ReadPixels(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Fixture("forward_expected.safetensors"));
        TensorEntry entry = file.Entries["pixel_values"];
        var values = new float[3 * 3 * Side * Side];
        file.Read(entry, MemoryMarshal.AsBytes(values.AsSpan()));
        int image = int.Parse(path, System.Globalization.CultureInfo.InvariantCulture);
        int size = 3 * Side * Side;
        return values[(image * size)..((image + 1) * size)];
    }
}
