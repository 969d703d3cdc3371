using NSft.Collectives;
using NSft.Data.Sampling;
using NSft.Evaluation.Questions;
using NSft.Evaluation.Running;
using NSft.Model;
using NSft.Model.Generation;
using NSft.Tests;

namespace NSft.Evaluation.Tests;

[Collection(AloneTests.Name)]
public sealed class CompletionSamplerTests
{
    private static readonly AnswerOptions Options = new()
    {
        ModelDirectory = RepositoryPaths.At("samples", "scenes", "model"),
        TokenizerPath = RepositoryPaths.At("samples", "scenes", "tokenizer.model"),
        ImageDirectory = RepositoryPaths.At("samples", "scenes", "images"),
        Template = "scenes",
        ThreadCount = 1,
    };

    private static readonly SamplingOptions Tokens = new(48, Temperature: 0.9, TopP: 0.95, Seed: 5);

    private static readonly SamplePrompt[] Prompts =
        [.. Enumerable.Range(0, 6).Select(i => new SamplePrompt($"p{i}", $"eval_{i / 2:d5}.jpg", i % 2 == 0 ? "Describe the image." : "How many objects are in the image?", null) { Key = $"id:p{i}" })];

    [Fact]
    public void Sample_Prompt_GetsTheSameCompletionsInAnyCompany()
    {
        using CompletionSampler sampler = CompletionSampler.Open(Options, Tokens, 3);
        IReadOnlyList<IReadOnlyList<Completion>> together = sampler.Sample(Prompts);

        foreach (int prompt in new[] { 1, 4 })
        {
            Assert.Equal(together[prompt], Assert.Single(sampler.Sample([Prompts[prompt]])));
        }

        Assert.Equal(together, sampler.Sample([.. Prompts.Reverse()]).Reverse());
        Assert.Equal(3, together[0].Count);
        Assert.True(together[0].Distinct().Count() > 1);
    }

    [Fact]
    public async Task Sample_Greedy_SaysWhatTheAnswererSays()
    {
        using CompletionSampler sampler = CompletionSampler.Open(Options, new SamplingOptions(96), 1);
        using ModelAnswerer answerer = ModelAnswerer.Open(Options);
        EvaluationQuestion[] questions = [.. Prompts.Select(prompt => new EvaluationQuestion(prompt.Id, prompt.Image, prompt.Question))];

        Assert.Equal(
            await answerer.AnswerAsync(questions, 96, cancellation: TestContext.Current.CancellationToken),
            sampler.Sample(Prompts).Select(row => row[0].Text));
    }

    [Fact]
    public void Sample_LongestAnswer_IsCutAndSaysSo()
    {
        using CompletionSampler sampler = CompletionSampler.Open(Options, new SamplingOptions(5), 1);

        Completion cut = sampler.Sample([Prompts[0]])[0][0];

        Assert.Equal((5, true), (cut.TokenCount, cut.IsTruncated));
    }

    [Fact]
    public void Sample_NoRoomForTheLongestAnswer_CutsThatPromptAlone()
    {
        using CompletionSampler sampler = CompletionSampler.Open(Options, new SamplingOptions(4096), 1);
        SamplePrompt wordy = Prompts[0] with { Id = "long", Key = "id:long", Question = string.Join(' ', Enumerable.Repeat("Describe the image.", 12)) };

        Completion alone = sampler.Sample([Prompts[2]])[0][0];
        Completion beside = sampler.Sample([wordy, Prompts[2]])[1][0];

        Assert.Equal(alone, beside);
        Assert.False(beside.IsTruncated);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(800)]
    public void Sample_NoisedImages_DescribeSomethingElseAndAlwaysTheSame(int step)
    {
        using CompletionSampler clean = CompletionSampler.Open(Options, new SamplingOptions(96), 1);
        using CompletionSampler noised = CompletionSampler.Open(Options with { NoiseStep = step, NoiseSeed = 1 }, new SamplingOptions(96), 1);
        SamplePrompt[] captions = [Prompts[0], Prompts[2], Prompts[4]];
        string[] seen = [.. noised.Sample(captions).Select(row => row[0].Text)];

        Assert.NotEqual(clean.Sample(captions).Select(row => row[0].Text), seen);
        Assert.Equal(seen.Reverse(), noised.Sample([.. captions.Reverse()]).Select(row => row[0].Text));
    }

    [Fact]
    public void Sample_ManyBatches_LeavesNoTensorBehind()
    {
        long before = TensorMemory.LiveTensorCount;
        using (CompletionSampler sampler = CompletionSampler.Open(Options, Tokens, 2))
        {
            sampler.Sample(Prompts);
            long loaded = TensorMemory.LiveTensorCount;
            sampler.Sample(Prompts);
            Assert.Equal(loaded, TensorMemory.LiveTensorCount);
        }

        Assert.Equal(before, TensorMemory.LiveTensorCount);
    }

    [Fact]
    public void Sample_MissingImage_NamesTheRow()
    {
        using CompletionSampler sampler = CompletionSampler.Open(Options, Tokens, 1);

        UserInputException error = Assert.Throws<UserInputException>(() => sampler.Sample([Prompts[0] with { Image = "nowhere.jpg" }]));

        Assert.Contains("nowhere.jpg", error.Message, StringComparison.Ordinal);
    }
}
