using NSft.Client.Commands;
using NSft.Client.Output;
using NSft.Evaluation.Chair;
using NSft.Evaluation.Pope;
using NSft.Evaluation.Questions;
using NSft.Evaluation.Running;

namespace NSft.Client.Iteration;

/// <summary>Evaluates models on the benchmarks of an iteration; images are encoded once, as the vision tower is frozen.</summary>
internal sealed class IterationEvaluation : IDisposable
{
    private const int CaptionTokens = 96;
    private const int AnswerTokens = 24;

    private readonly ImageFeatures _features = new();
    private readonly ChairAnnotations? _truth;
    private readonly IReadOnlyList<PopeQuestion>[] _pope;

    /// <summary>Reads annotations and questions.</summary>
    /// <exception cref="Collectives.UserInputException">A file cannot be used.</exception>
    public IterationEvaluation(IterationBenchmarks benchmarks)
    {
        if (benchmarks.Chair is string chair)
        {
            ChairAnnotations all = ChairAnnotations.Read(chair);
            _truth = all.HeldOutPattern is string pattern ? all.Filter(pattern) : all;
        }

        _pope = [.. benchmarks.Pope.Select(PopeQuestionReader.Read)];
    }

    /// <summary>Scores of a model.</summary>
    /// <param name="title">What to call it.</param>
    /// <param name="options">The model.</param>
    /// <param name="cancellation">Ends the evaluation.</param>
    public Task<IterationScores> EvaluateAsync(string title, AnswerOptions options, CancellationToken cancellation)
    {
        EvaluationQuestion[] captions = [.. (_truth?.Images ?? []).Select(image => new EvaluationQuestion(image.Image, image.Image, EvalChairCommand.DefaultPrompt))];
        EvaluationQuestion[] questions = [.. _pope.SelectMany(split => split.Select(item => item.Question))];
        int total = captions.Length + questions.Length;
        return ConsoleProgress.RunAsync($"evaluating {title}", "answers", async progress =>
        {
            using ModelAnswerer answerer = ModelAnswerer.Open(options, _features);
            IReadOnlyList<string> described = await answerer.AnswerAsync(captions, CaptionTokens, new CountProgress(progress, total), cancellation);
            IReadOnlyList<string> answers = await answerer.AnswerAsync(questions, AnswerTokens, new Rest(progress, captions.Length, total), cancellation);
            return Score(described, answers);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _features.Dispose();

    private IterationScores Score(IReadOnlyList<string> captions, IReadOnlyList<string> answers)
    {
        ChairScore? chair = _truth is null ? null : ChairScorer.Score(_truth, captions);
        List<PopeScore> pope = [];
        int start = 0;
        foreach (IReadOnlyList<PopeQuestion> split in _pope)
        {
            pope.Add(PopeScorer.Score(split, [.. answers.Skip(start).Take(split.Count)]));
            start += split.Count;
        }

        return new IterationScores(
            chair?.ChairI,
            chair?.ChairS,
            chair?.Recall,
            pope.Count == 0 ? null : pope.Average(score => score.Accuracy),
            pope.Count == 0 ? null : pope.Average(score => score.YesRatio));
    }

    private sealed class Rest(IProgress<ProgressUpdate> target, int offset, int total) : IProgress<int>
    {
        public void Report(int value) => target.Report(new ProgressUpdate(offset + value, total));
    }
}
