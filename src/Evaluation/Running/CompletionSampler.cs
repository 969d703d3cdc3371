using NSft.Collectives;
using NSft.Data.Sampling;
using NSft.Model.Conversation;
using NSft.Model.Generation;
using TorchSharp;
using static TorchSharp.torch;

namespace NSft.Evaluation.Running;

/// <summary>
/// Samples several answers to each prompt of a batch. A batch's answers follow from the batch, the model and the options alone. Every call
/// must come from one thread: it holds the tensors.
/// </summary>
public sealed class CompletionSampler : IDisposable
{
    private readonly ModelReplica _replica;
    private readonly AnswerOptions _options;
    private readonly SamplingOptions _sampling;
    private readonly int _sampleCount;

    private CompletionSampler(ModelReplica replica, AnswerOptions options, SamplingOptions sampling, int sampleCount)
    {
        _replica = replica;
        _options = options;
        _sampling = sampling with { SuppressedIds = Silent(replica) };
        _sampleCount = sampleCount;
    }

    /// <summary>Loads the model.</summary>
    /// <param name="options">Which model, and how many samples it decodes together.</param>
    /// <param name="sampling">How tokens are chosen.</param>
    /// <param name="sampleCount">Answers to each prompt; at least 1.</param>
    /// <exception cref="UserInputException">Model, tokenizer, adapter or template cannot be used.</exception>
    public static CompletionSampler Open(AnswerOptions options, SamplingOptions sampling, int sampleCount)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sampling);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleCount, 1);
        set_num_threads(1);
        return new CompletionSampler(ModelReplica.Load(options), options, sampling, sampleCount);
    }

    /// <summary>Answers to each prompt of a batch, in order.</summary>
    /// <param name="batch">The prompts.</param>
    /// <exception cref="UserInputException">An image cannot be read, or a prompt is too long; names the row.</exception>
    public IReadOnlyList<IReadOnlyList<Completion>> Sample(IReadOnlyList<SamplePrompt> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int positions = _replica.Model.Config.Text.MaxPositions;
        Row[] rows = [.. batch.Select((prompt, index) => Encode(prompt, index, positions))];
        Completion[][] completions = new Completion[batch.Count][];

        // A prompt that leaves too little room for the longest answer runs apart: it would cut the answers of the others.
        foreach (Row[] group in rows.GroupBy(row => Math.Min(_sampling.MaxNewTokens, positions - row.Ids.Length)).Select(group => group.ToArray()))
        {
            Generate(group, Math.Min(_sampling.MaxNewTokens, positions - group[0].Ids.Length), completions);
        }

        return completions;
    }

    /// <inheritdoc/>
    public void Dispose() => _replica.Dispose();

    private void Generate(Row[] rows, int maxNewTokens, Completion[][] completions)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> features = new(StringComparer.Ordinal);
        foreach (string image in rows.Select(row => row.ImagePath).Distinct(StringComparer.Ordinal))
        {
            Tensor encoded = _replica.EncodeImage(image);
            scope.Attach(encoded);
            features.Add(image, encoded);
        }

        GenerationRequest[] requests =
        [
            .. rows.SelectMany(row => Enumerable.Range(0, _sampleCount).Select(sample => new GenerationRequest(
                row.Ids, features[row.ImagePath], SamplePlan.StreamOf(row.Key, sample), row.ImagePath))),
        ];
        IReadOnlyList<int[]> ids = new Model.Generation.Generator(_replica.Model, _options.BatchSize).Generate(requests, _sampling with { MaxNewTokens = maxNewTokens });
        int end = _replica.Model.Config.Text.EosTokenId;
        for (int row = 0; row < rows.Length; row++)
        {
            completions[rows[row].Index] =
            [
                .. ids.Skip(row * _sampleCount).Take(_sampleCount).Select(answer => new Completion(_replica.Decode(answer), answer.Length, answer[^1] != end)),
            ];
        }
    }

    private Row Encode(SamplePrompt prompt, int index, int positions)
    {
        string image = Path.Combine(_options.ImageDirectory, prompt.Image);
        try
        {
            int[] ids = _replica.Encoder.Encode([new ConversationTurn(prompt.Question, null)], hasImage: true).Ids;
            return ids.Length < positions
                ? new Row(index, prompt.Key, image, ids)
                : throw new UserInputException($"the prompt fills all {positions} positions of the model; shorten it");
        }
        catch (UserInputException error)
        {
            throw new UserInputException(FormattableString.Invariant($"row {prompt.Row} (id {prompt.Id}, image {prompt.Image}): {error.Message}"), error);
        }
    }

    /// <summary>Ids that say nothing: the image's, and rows of the vocabulary that the tokenizer has no piece for.</summary>
    private static int[] Silent(ModelReplica replica)
    {
        Model.Configuration.LlavaConfig config = replica.Model.Config;
        return
        [
            .. Enumerable.Range(0, config.Text.VocabularySize)
                .Where(id => id != config.Text.EosTokenId && (id == config.ImageTokenId || id >= replica.Tokenizer.PieceCount)),
        ];
    }

    private sealed record Row(int Index, string Key, string ImagePath, int[] Ids);
}
