using System.Text.Json;
using NSft.Collectives;
using NSft.Evaluation.Questions;
using NSft.Evaluation.Running;
using NSft.Tests;

namespace NSft.Evaluation.Tests;

public sealed class ModelAnswererTests
{
    private static readonly AnswerOptions Options = new()
    {
        ModelDirectory = RepositoryPaths.At("samples", "scenes", "model"),
        TokenizerPath = RepositoryPaths.At("samples", "scenes", "tokenizer.model"),
        ImageDirectory = RepositoryPaths.At("samples", "scenes", "images"),
        Template = "scenes",
        ThreadCount = 1,
    };

    private static readonly EvaluationQuestion[] Captions =
        [.. Enumerable.Range(0, 12).Select(index => new EvaluationQuestion($"{index}", $"eval_{index:d5}.jpg", "Describe the image."))];

    [Fact]
    public async Task Answer_SampleImages_GivesReferenceCaptions()
    {
        Dictionary<string, string> reference = JsonSerializer.Deserialize<Dictionary<string, string>>(
            await File.ReadAllTextAsync(RepositoryPaths.At("samples", "scenes", "ref_captions_eval.json"), TestContext.Current.CancellationToken))!;
        using ModelAnswerer answerer = ModelAnswerer.Open(Options);
        IReadOnlyList<string> answers = await answerer.AnswerAsync(Captions, 96, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Captions.Select(question => reference[question.Image]), answers);
    }

    [Fact]
    public async Task Answer_AnyThreadCount_GivesTheSameInOrder()
    {
        EvaluationQuestion[] questions =
        [
            .. Captions,
            .. Captions.Select(item => item with { Text = "Is there a star in the image?" }),
            .. Captions.Select(item => item with { Text = "How many objects are in the image?" }),
        ];
        using ImageFeatures features = new();
        List<IReadOnlyList<string>> answers = [];
        List<int> told = [];
        foreach (int threads in new[] { 1, 3 })
        {
            using ModelAnswerer answerer = ModelAnswerer.Open(Options with { ThreadCount = threads, BatchSize = 5 }, features);
            CountingProgress progress = new(told);
            answers.Add(await answerer.AnswerAsync(questions, 32, progress, TestContext.Current.CancellationToken));
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(12, features.Count);
        Assert.Equal(2, told.Count(done => done == questions.Length));
        Assert.All(answers[0].Skip(12).Take(12), answer => Assert.Matches("^(Yes|No)", answer));
    }

    [Fact]
    public async Task Answer_RepeatedQuestions_AreAnsweredAlikeAndInPlace()
    {
        EvaluationQuestion[] questions = [Captions[3], Captions[5] with { Text = "Is there a star in the image?" }, Captions[3] with { Id = "again" }];
        using ModelAnswerer answerer = ModelAnswerer.Open(Options);
        IReadOnlyList<string> answers = await answerer.AnswerAsync(questions, 64, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(answers[0], answers[2]);
        Assert.Matches("^(Yes|No)", answers[1]);
    }

    [Fact]
    public async Task Answer_MissingImage_NamesQuestion()
    {
        using ModelAnswerer answerer = ModelAnswerer.Open(Options);
        EvaluationQuestion question = new("q7", "nowhere.jpg", "Is it?");
        UserInputException error = await Assert.ThrowsAsync<UserInputException>(() => answerer.AnswerAsync([question], cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("nowhere.jpg", error.Message, StringComparison.Ordinal);
        Assert.Contains("q7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_Cancelled_Ends()
    {
        using ModelAnswerer answerer = ModelAnswerer.Open(Options);
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answerer.AnswerAsync(Captions, cancellation: cancelled.Token));
    }

    private sealed class CountingProgress(List<int> told) : IProgress<int>
    {
        public void Report(int value)
        {
            lock (told)
            {
                told.Add(value);
            }
        }
    }
}
