using NSft.Collectives;
using NSft.Evaluation.Questions;
using NSft.Model.Conversation;
using NSft.Model.Generation;

namespace NSft.Evaluation.Running;

/// <summary>
/// Lets a model answer questions about images: greedy, in batches sorted by image so that questions of one image share its prompt,
/// on several threads. Answers do not depend on the number of threads.
/// </summary>
public sealed class ModelAnswerer : IDisposable
{
    private readonly AnswerOptions _options;
    private readonly ReplicaPool _pool;
    private readonly ImageFeatures _features;
    private readonly bool _ownsFeatures;

    private ModelAnswerer(AnswerOptions options, ReplicaPool pool, ImageFeatures? features)
    {
        _options = options;
        _pool = pool;
        _features = features ?? new ImageFeatures();
        _ownsFeatures = features is null;
    }

    /// <summary>Loads the model.</summary>
    /// <param name="options">Which model, and how it answers.</param>
    /// <param name="features">Features to share with models of the same vision tower, not disposed here; null for none.</param>
    /// <exception cref="UserInputException">Model, tokenizer, adapter or template cannot be used.</exception>
    public static ModelAnswerer Open(AnswerOptions options, ImageFeatures? features = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ModelAnswerer(options, ReplicaPool.Open(options), features);
    }

    /// <summary>Greedy answers in question order.</summary>
    /// <param name="questions">What to ask.</param>
    /// <param name="maxNewTokens">Longest answer in tokens; null for the options'.</param>
    /// <param name="progress">Told of the number of questions answered; null for nobody.</param>
    /// <param name="cancellation">Ends the work between two batches.</param>
    /// <exception cref="UserInputException">An image cannot be read, or a prompt is too long; names the question.</exception>
    public async Task<IReadOnlyList<string>> AnswerAsync(
        IReadOnlyList<EvaluationQuestion> questions, int? maxNewTokens = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        SamplingOptions greedy = new(maxNewTokens ?? _options.MaxNewTokens);
        IReadOnlyList<GeneratedAnswer> answers = await GenerateAsync(questions, greedy, progress, cancellation).ConfigureAwait(false);
        return [.. answers.Select(answer => answer.Text)];
    }

    /// <summary>Answers with their ids in question order.</summary>
    /// <param name="questions">What to ask; the number of a question is its random stream.</param>
    /// <param name="sampling">How tokens are chosen; answers end early where the model's positions do.</param>
    /// <param name="progress">Told of the number of questions answered; null for nobody.</param>
    /// <param name="cancellation">Ends the work between two batches.</param>
    /// <exception cref="UserInputException">An image cannot be read, or a prompt is too long; names the question.</exception>
    public async Task<IReadOnlyList<GeneratedAnswer>> GenerateAsync(
        IReadOnlyList<EvaluationQuestion> questions, SamplingOptions sampling, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(sampling);
        Prompt[] prompts = [.. questions.Select(Encode)];
        int[] askedAt = FirstAsked(questions, isGreedy: sampling.Temperature == 0);
        GeneratedAnswer[] answers = new GeneratedAnswer[prompts.Length];
        Prompt[][] batches = [.. prompts.Where(prompt => askedAt[prompt.Index] == prompt.Index)
            .OrderBy(prompt => prompt.ImagePath, StringComparer.Ordinal).ThenBy(prompt => prompt.Ids.Length).ThenBy(prompt => prompt.Index)
            .Chunk(_options.BatchSize)];
        int distinct = batches.Sum(batch => batch.Length);
        int done = 0;
        await _pool.ForEachAsync(batches, (replica, batch) =>
        {
            Answer(replica, batch, sampling, answers);
            long share = (long)Interlocked.Add(ref done, batch.Length) * questions.Count / distinct;
            progress?.Report((int)share);
        }, cancellation).ConfigureAwait(false);
        return [.. askedAt.Select(index => answers[index])];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pool.Dispose();
        if (_ownsFeatures)
        {
            _features.Dispose();
        }
    }

    /// <summary>For each question the first that asks the same: a greedy answer is computed once (the splits of POPE share questions).</summary>
    private static int[] FirstAsked(IReadOnlyList<EvaluationQuestion> questions, bool isGreedy)
    {
        Dictionary<(string Image, string Text), int> first = [];
        int[] askedAt = new int[questions.Count];
        for (int index = 0; index < askedAt.Length; index++)
        {
            (string Image, string Text) key = (questions[index].Image, questions[index].Text);
            first.TryAdd(key, index);
            askedAt[index] = isGreedy ? first[key] : index;
        }

        return askedAt;
    }

    private Prompt Encode(EvaluationQuestion question, int index)
    {
        string image = Path.Combine(_options.ImageDirectory, question.Image);
        if (!File.Exists(image))
        {
            throw new UserInputException($"{image}: no such image (question {question.Id})");
        }

        try
        {
            int[] ids = _pool.First.Encoder.Encode([new ConversationTurn(question.Text, null)], hasImage: true).Ids;
            int positions = _pool.First.Model.Config.Text.MaxPositions;
            return ids.Length < positions
                ? new Prompt(index, image, ids)
                : throw new UserInputException($"the prompt fills all {positions} positions of the model; shorten it");
        }
        catch (UserInputException error)
        {
            throw new UserInputException($"question {question.Id} (image {question.Image}): {error.Message}", error);
        }
    }

    private void Answer(ModelReplica replica, Prompt[] batch, SamplingOptions sampling, GeneratedAnswer[] answers)
    {
        int room = replica.Model.Config.Text.MaxPositions - batch.Max(prompt => prompt.Ids.Length);
        SamplingOptions bounded = sampling with { MaxNewTokens = Math.Min(sampling.MaxNewTokens, room) };
        GenerationRequest[] requests = [.. batch.Select(prompt =>
            new GenerationRequest(prompt.Ids, _features.Get(prompt.ImagePath, replica), (ulong)prompt.Index, prompt.ImagePath))];
        IReadOnlyList<int[]> generated = new Generator(replica.Model, _options.BatchSize).Generate(requests, bounded);
        for (int row = 0; row < batch.Length; row++)
        {
            answers[batch[row].Index] = new GeneratedAnswer(replica.Decode(generated[row]), generated[row]);
        }
    }

    private sealed record Prompt(int Index, string ImagePath, int[] Ids);
}
