using System.Text.Json;
using NSft.Model.Conversation;
using NSft.Model.Generation;
using NSft.Model.Images;
using NSft.Model.Tokenization;
using NSft.Tests;
using static TorchSharp.torch;
using Generator = NSft.Model.Generation.Generator;

namespace NSft.Model.Tests.Tensors;

[Collection(TensorTests.Name)]
public sealed class ScenesTests
{
    private const int ImageCount = 12;
    private const int NewTokens = 96;

    [Fact]
    public void Generate_CaptionsOfTheSample_AreTheReferenceCaptions()
    {
        string root = RepositoryPaths.At("samples", "scenes");
        using LlavaModel model = LlavaModel.Load(Path.Combine(root, "model"), new ModelLoadOptions(ScalarType.Float32, CPU));
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.Load(Path.Combine(root, "tokenizer.model"));
        var encoder = new ConversationEncoder(
            tokenizer, ConversationTemplate.Load("scenes"), model.Config, model.Config.Text.MaxPositions);
        ImageProcessor processor = ImageProcessor.ForModel(Path.Combine(root, "model"), model.Config, ImageMode.Pad);
        using var features = new VisionFeatureCache(model, processor.Process, maxImages: ImageCount / 2);
        using JsonDocument captions = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "ref_captions_eval.json")));
        JsonProperty[] references = [.. captions.RootElement.EnumerateObject().Take(ImageCount)];

        using var scope = NewDisposeScope();
        int[] prompt = encoder.Encode([new ConversationTurn("Describe the image.", null)], hasImage: true).Ids;
        IReadOnlyList<int[]> answers = new Generator(model).Generate(
            [.. references.Select(reference => new GenerationRequest(prompt, features.Get(Path.Combine(root, "images", reference.Name))))],
            new SamplingOptions(NewTokens));
        Assert.Equal(references.Select(static reference => reference.Value.GetString()), answers.Select(ids => tokenizer.Decode(ids)));
        Assert.Equal(ImageCount / 2, features.Count);
    }

    [Fact]
    public void Get_SameImageTwice_SharesStorageAndEqualsEncodingAlone()
    {
        string root = RepositoryPaths.At("samples", "scenes");
        using LlavaModel model = LlavaModel.Load(Path.Combine(root, "model"), new ModelLoadOptions(ScalarType.Float32, CPU));
        ImageProcessor processor = ImageProcessor.ForModel(Path.Combine(root, "model"), model.Config, ImageMode.Pad);
        string[] paths = [.. Enumerable.Range(0, 3).Select(i => Path.Combine(root, "images", $"eval_0000{i}.jpg"))];
        using var scope = NewDisposeScope();
        using var cache = new VisionFeatureCache(model, processor.Process);
        Tensor batch = cache.Get([paths[0], paths[1], paths[2], paths[0]]);
        Assert.Equal(3, cache.Count);
        int side = model.Config.Vision.ImageSize;
        for (int i = 0; i < 4; i++)
        {
            Tensor alone = model.EncodeImages(tensor(processor.Process(paths[i % 3]), [1, 3, side, side]));
            Assert.Equal(0, TinyLlava.MaxDifference(alone, batch.narrow(0, i, 1)));
        }
    }
}
