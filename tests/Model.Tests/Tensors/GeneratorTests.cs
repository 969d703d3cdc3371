using System.Text.Json;
using NSft.Model.Generation;
using TorchSharp;
using static TorchSharp.torch;
using Generator = NSft.Model.Generation.Generator;

namespace NSft.Model.Tests.Tensors;

[Collection(TensorTests.Name)]
public sealed class GeneratorTests : IDisposable
{
    private const int NewTokens = 24;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly LlavaModel _model = TinyLlava.Load();
    private readonly JsonElement[] _cases = [.. TinyLlava.Json("generate_expected.json").EnumerateArray()];
    private readonly Tensor _pixels = TinyLlava.Tensors("forward_expected.safetensors")["pixel_values"];

    public void Dispose()
    {
        _model.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Generate_Greedy_GivesReferenceIds(int batchSize)
    {
        IReadOnlyList<int[]> answers = new Generator(_model, batchSize).Generate(Requests(), new SamplingOptions(NewTokens));
        for (int i = 0; i < _cases.Length; i++)
        {
            Assert.Equal(Ints(_cases[i].GetProperty("new_ids")), answers[i]);
        }
    }

    [Fact]
    public void Generate_Greedy_EqualsFullRecompute()
    {
        GenerationRequest request = Requests()[1];
        List<int> ids = [.. request.PromptIds];
        using IDisposable noGrad = no_grad();
        for (int step = 0; step < NewTokens; step++)
        {
            Tensor row = tensor(ids.Select(static id => (long)id).ToArray(), [1, ids.Count]);
            Tensor logits = _model.Logits(_model.ForwardHidden(row, null, request.VisionFeatures));
            ids.Add((int)logits.select(1, ids.Count - 1).argmax(-1).item<long>());
        }

        int[] cached = new Generator(_model).Generate([request], new SamplingOptions(NewTokens))[0];
        Assert.Equal(ids.Skip(request.PromptIds.Length), cached);
    }

    [Fact]
    public void Generate_PromptsOfOneImage_ShareThePrefixAndAnswerAlike()
    {
        GenerationRequest[] requests = Requests();
        Tensor image = requests[0].VisionFeatures!;
        GenerationRequest[] sharing = [.. requests.Select(request => request with { VisionFeatures = image, ImageKey = "0" })];
        Assert.NotNull(PrefixPlan.Find([.. sharing.Select(static r => (r.ImageKey, r.PromptIds))], _model.Config.ImageTokenId));
        var generator = new Generator(_model);
        IReadOnlyList<int[]> shared = generator.Generate(sharing, new SamplingOptions(NewTokens));
        IReadOnlyList<int[]> alone = generator.Generate([.. sharing.Select(static r => r with { ImageKey = null })], new SamplingOptions(NewTokens));
        Assert.Equal(alone, shared);
    }

    [Fact]
    public void Generate_Sampling_DependsOnSeedAndStreamNotOnBatch()
    {
        GenerationRequest[] requests = [.. Requests().Select(static (request, i) => request with { SampleStream = (ulong)i })];
        var options = new SamplingOptions(NewTokens, Temperature: 0.9, TopK: 50, TopP: 0.95, Seed: 3);
        IReadOnlyList<int[]> together = new Generator(_model).Generate(requests, options);
        IReadOnlyList<int[]> reversed = new Generator(_model, batchSize: 2).Generate([.. requests.Reverse()], options);
        Assert.Equal(together, reversed.Reverse());
        Assert.NotEqual(together, new Generator(_model).Generate(requests, options with { Seed = 4 }));
    }

    [Fact]
    public void Generate_EndToken_StopsTheRowAndKeepsTheOthers()
    {
        // The head of the end token is made the head of what row 0 says fourth: row 0 stops there.
        int[] reference = Ints(_cases[0].GetProperty("new_ids"));
        using (no_grad())
        {
            Tensor head = _model.Parameters.Single(static p => p.Part == ModelPart.Head).Tensor;
            head[_model.Config.Text.EosTokenId] = head[reference[3]] * 1.001f;
        }

        IReadOnlyList<int[]> answers = new Generator(_model).Generate(Requests(), new SamplingOptions(NewTokens));
        Assert.Equal([.. reference.Take(3), _model.Config.Text.EosTokenId], answers[0]);
        Assert.Contains(answers.Skip(1), static answer => answer.Length == NewTokens);
    }

    [Fact]
    public void Generate_SuppressedId_IsNeverChosen()
    {
        int[] reference = Ints(_cases[1].GetProperty("new_ids"));
        int[] answer = new Generator(_model).Generate([Requests()[1]], new SamplingOptions(NewTokens, SuppressedIds: [reference[1]]))[0];
        Assert.Equal(reference[0], answer[0]);
        Assert.DoesNotContain(reference[1], answer);
    }

    [Fact]
    public void Generate_ManyTimes_LeaksNoTensor()
    {
        GenerationRequest[] requests = Requests();
        var generator = new Generator(_model);
        generator.Generate(requests, new SamplingOptions(4));
        long before = TensorMemory.LiveTensorCount;
        generator.Generate(requests, new SamplingOptions(8));
        Assert.Equal(before, TensorMemory.LiveTensorCount);
    }

    private GenerationRequest[] Requests() =>
    [
        .. _cases.Select((item, i) => new GenerationRequest(
            Ints(item.GetProperty("prompt_ids")), _model.EncodeImages(_pixels.narrow(0, i, 1)))),
    ];

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(static e => e.GetInt32())];
}
