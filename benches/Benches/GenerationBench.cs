using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NSft.Model;
using NSft.Model.Conversation;
using NSft.Model.Generation;
using NSft.Model.Tokenization;
using static TorchSharp.torch;

namespace NSft.Benches;

/// <summary>Greedy captions of 100 images in one batch beside PyTorch with a key-value cache.</summary>
internal static class GenerationBench
{
    private const int ImageCount = 100;
    private const int TokenCount = 40;
    private const int RepeatCount = 4;

    /// <summary>Times generation of the same number of tokens; the tokens must agree up to each row's end.</summary>
    public static BenchResult Run(SceneSample sample)
    {
        using LlavaModel model = LlavaModel.Load(sample.ModelDirectory, new ModelLoadOptions(ScalarType.Float32, CPU));
        string[] images = [.. Directory.GetFiles(sample.ImageDirectory, "eval_*.jpg").Order(StringComparer.Ordinal).Take(ImageCount)];
        var encoder = new ConversationEncoder(
            SentencePieceTokenizer.Load(sample.TokenizerPath), ConversationTemplate.Load("scenes"), model.Config, 1024);
        int[] ids = encoder.Encode([new ConversationTurn("Describe the image.", null)], hasImage: true).Ids;
        Func<string, float[]> pixels = VisionFeatures.PixelReader(sample.ModelDirectory);
        float[][] features = [.. images.Select(image => VisionFeatures.Of(model, pixels, image))];
        string path = Path.Combine(Path.GetTempPath(), $"nsft-bench-{Environment.ProcessId}.json");
        try
        {
            File.WriteAllText(path, JsonSerializer.Serialize(new { ids = images.Select(_ => ids), features }));
            (double[] own, IReadOnlyList<int[]> tokens) = TimeOwn(model, ids, images, pixels);
            JsonElement peer = PeerProcess.Run(
                sample.PeerDirectory, "generate.py", sample.ModelDirectory, path, Text(TokenCount), Text(RepeatCount));
            int[][] theirs = [.. peer.GetProperty("tokens").EnumerateArray().Select(row => row.EnumerateArray().Select(one => one.GetInt32()).ToArray())];
            int equal = tokens.Where((row, index) => row.SequenceEqual(theirs[index].Take(row.Length))).Count();
            double work = tokens.Sum(row => row.Length);
            double peerWork = (double)ImageCount * TokenCount;
            // The peer runs every row to the end; its time is taken for the tokens that count.
            double[] scaled = [.. PeerProcess.Numbers(peer, "seconds").Select(one => one * work / peerWork)];
            return new BenchResult("tokens/s", "PyTorch", own, scaled, work, $"{equal} of {ImageCount} captions have equal tokens");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (double[] Seconds, IReadOnlyList<int[]> Tokens) TimeOwn(
        LlavaModel model, int[] ids, string[] images, Func<string, float[]> pixels)
    {
        using var cache = new VisionFeatureCache(model, pixels);
        var generator = new Model.Generation.Generator(model);
        GenerationRequest[] requests = [.. images.Select(image => new GenerationRequest(ids, cache.Get(image), ImageKey: image))];
        var seconds = new List<double>();
        IReadOnlyList<int[]> tokens = [];
        for (int repeat = 0; repeat < RepeatCount; repeat++)
        {
            long begin = Stopwatch.GetTimestamp();
            tokens = generator.Generate(requests, new SamplingOptions(TokenCount));
            seconds.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        return ([.. seconds], tokens);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
