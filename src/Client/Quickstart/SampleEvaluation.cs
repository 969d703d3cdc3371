using NSft.Client.Output;
using NSft.Evaluation.Chair;
using NSft.Evaluation.Pope;
using NSft.Evaluation.Questions;
using NSft.Evaluation.Running;
using NSft.Evaluation.Vqa;

namespace NSft.Client.Quickstart;

/// <summary>
/// Evaluates models on the sample: captions, three POPE splits and short answers. Images are encoded once: the vision tower is frozen,
/// so all methods share it.
/// </summary>
internal sealed class SampleEvaluation : IDisposable
{
    private const int CaptionTokens = 96;
    private const int AnswerTokens = 24;
    private const string CaptionPrompt = "Describe the image.";

    private readonly SampleWorld _world;
    private readonly RunShape _shape;
    private readonly ImageFeatures _features = new();
    private readonly (string Split, IReadOnlyList<PopeQuestion> Questions)[] _pope;
    private readonly IReadOnlyList<VqaQuestion> _vqa;

    /// <summary>Reads annotations and questions.</summary>
    public SampleEvaluation(SampleWorld world, RunShape shape)
    {
        _world = world;
        _shape = shape;
        ChairAnnotations all = ChairAnnotations.Read(world.Annotations);
        Truth = all.HeldOutPattern is string pattern ? all.Filter(pattern) : all;
        _pope = [.. world.Pope.Select(split => (split.Key, PopeQuestionReader.Read(split.Value)))];
        _vqa = VqaQuestionReader.Read(world.Vqa);
    }

    /// <summary>Annotations of the evaluation images.</summary>
    public ChairAnnotations Truth { get; }

    /// <summary>Scores of one model.</summary>
    /// <param name="method">Short name of the row.</param>
    /// <param name="title">Name for a reader.</param>
    /// <param name="model">Model folder.</param>
    /// <param name="cancellation">Ends the evaluation.</param>
    public Task<MethodResult> EvaluateAsync(string method, string title, string model, CancellationToken cancellation)
    {
        EvaluationQuestion[] captions = [.. Truth.Images.Select(image => new EvaluationQuestion(image.Image, image.Image, CaptionPrompt))];
        EvaluationQuestion[] questions = [.. _pope.SelectMany(split => split.Questions.Select(item => item.Question)), .. _vqa.Select(item => item.Question)];
        int total = captions.Length + questions.Length;
        return ConsoleProgress.RunAsync($"evaluating {title}", "answers", async progress =>
        {
            long start = TimeProvider.System.GetTimestamp();
            using ModelAnswerer answerer = ModelAnswerer.Open(Options(model), _features);
            IReadOnlyList<string> described = await answerer.AnswerAsync(captions, CaptionTokens, new CountProgress(progress, total), cancellation);
            OffsetProgress rest = new(progress, captions.Length, total);
            IReadOnlyList<string> answers = await answerer.AnswerAsync(questions, AnswerTokens, rest, cancellation);
            return Score(method, title, described, answers) with { EvaluationTime = TimeProvider.System.GetElapsedTime(start) };
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _features.Dispose();

    private AnswerOptions Options(string model) => new()
    {
        ModelDirectory = model,
        TokenizerPath = _world.Tokenizer,
        ImageDirectory = _world.Images,
        Template = QuickstartSettings.Template,
        ThreadCount = Math.Max(_shape.WorkerCount, Environment.ProcessorCount),
    };

    private MethodResult Score(string method, string title, IReadOnlyList<string> captions, IReadOnlyList<string> answers)
    {
        Dictionary<string, PopeScore> pope = [];
        int start = 0;
        foreach ((string split, IReadOnlyList<PopeQuestion> questions) in _pope)
        {
            pope[split] = PopeScorer.Score(questions, [.. answers.Skip(start).Take(questions.Count)]);
            start += questions.Count;
        }

        return new MethodResult
        {
            Method = method,
            Title = title,
            Chair = ChairScorer.Score(Truth, captions),
            Pope = pope,
            Vqa = VqaScorer.Score(_vqa, [.. answers.Skip(start)]),
            Captions = Truth.Images.Select((image, index) => (image.Image, captions[index])).ToDictionary(item => item.Image, item => item.Item2),
        };
    }

    private sealed class OffsetProgress(IProgress<ProgressUpdate> target, int offset, int total) : IProgress<int>
    {
        public void Report(int value) => target.Report(new ProgressUpdate(offset + value, total));
    }
}
