using NSft.Model.Configuration;
using NSft.Model.Generation;
using NSft.Model.Serialization;
using NSft.Model.Weights;
using TorchSharp;
using static TorchSharp.torch;
using Generator = NSft.Model.Generation.Generator;

namespace NSft.Model.Tests.Tensors;

[Collection(TensorTests.Name)]
public sealed class LlavaOracleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(2, false, 500000, -2, "default", true, false, TensorDtype.Float32)]
    [InlineData(1, true, 10000, -1, "default", false, false, TensorDtype.BFloat16)]
    [InlineData(4, true, 1000000, 2, "full", true, true, TensorDtype.Float16)]
    [InlineData(2, false, 10000, -4, "full", false, true, TensorDtype.Float32)]
    public void Forward_AnyShapeAndNames_EqualsFloat64Oracle(
        int sharedHeads, bool isTied, double theta, int layer, string strategy, bool isCurrent, bool hasVisionModel, TensorDtype dtype)
    {
        var random = new RandomLlava
        {
            KeyValueHeadCount = sharedHeads,
            IsTied = isTied,
            RopeTheta = theta,
            FeatureLayer = layer,
            Strategy = strategy,
            Naming = new CheckpointNaming(isCurrent, hasVisionModel),
            Dtype = dtype,
        };
        LlavaConfig config = random.Write(_folder.Root);
        using LlavaModel model = LlavaModel.Load(_folder.Root, new ModelLoadOptions(ScalarType.Float32, CPU));
        using IDisposable noGrad = no_grad();
        float[] pixels = [.. Enumerable.Range(0, 2 * 3 * 64).Select(static i => (float)Math.Sin(i * 0.7))];
        int[][] rows = [[1, .. Image(config), 5, 7, 9, 3, 2], [1, 4, .. Image(config), 8, 61, 61, 61]];
        int[] real = [rows[0].Length, rows[1].Length - 3];
        Tensor ids = tensor(rows.SelectMany(static row => row.Select(static id => (long)id)).ToArray(), [2, rows[0].Length]);
        Tensor logits = model.Logits(model.ForwardHidden(ids, null, model.EncodeImages(tensor(pixels, [2, 3, 8, 8]))));

        var oracle = new LlavaOracle(config, random.Values);
        for (int row = 0; row < rows.Length; row++)
        {
            double[][] expected = oracle.Logits(rows[row][..real[row]], oracle.Features(pixels[(row * 192)..((row + 1) * 192)]));
            for (int t = 0; t < real[row]; t++)
            {
                float[] found = logits[row][t].data<float>().ToArray();
                Assert.True(found.Zip(expected[t], static (a, b) => Math.Abs(a - b)).Max() < 2e-4, $"row {row}, position {t}");
            }
        }
    }

    [Fact]
    public void Generate_GroupedQueries_CacheEqualsOracleGreedy()
    {
        var random = new RandomLlava();
        LlavaConfig config = random.Write(_folder.Root);
        using LlavaModel model = LlavaModel.Load(_folder.Root, new ModelLoadOptions(ScalarType.Float32, CPU));
        float[] pixels = [.. Enumerable.Range(0, 192).Select(static i => (float)Math.Cos(i * 0.3))];
        Tensor features = model.EncodeImages(tensor(pixels, [1, 3, 8, 8]));
        int[][] prompts = [[1, .. Image(config), 5], [1, .. Image(config), 9, 8, 7, 6], [1, 4, .. Image(config), 5, 5]];
        const int NewTokens = 12;
        IReadOnlyList<int[]> answers = new Generator(model).Generate(
            [.. prompts.Select(prompt => new GenerationRequest(prompt, features, ImageKey: "image"))], new SamplingOptions(NewTokens));

        var oracle = new LlavaOracle(config, random.Values);
        double[][] patches = oracle.Features(pixels);
        for (int row = 0; row < prompts.Length; row++)
        {
            List<int> ids = [.. prompts[row]];
            while (ids.Count < prompts[row].Length + NewTokens && ids[^1] != config.Text.EosTokenId)
            {
                double[] last = oracle.Logits([.. ids], patches)[^1];
                ids.Add(Array.IndexOf(last, last.Max()));
                Assert.True(ids[^1] != config.ImageTokenId, "the oracle has no features for a generated image token");
            }

            Assert.Equal(ids.Skip(prompts[row].Length), answers[row]);
        }
    }

    private static IEnumerable<int> Image(LlavaConfig config) => Enumerable.Repeat(config.ImageTokenId, config.ImageTokenCount);
}
