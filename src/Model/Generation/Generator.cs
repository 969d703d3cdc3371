// A rows still in the batch, V vocabulary.
using NSft.Model.Language;
using static TorchSharp.torch;

namespace NSft.Model.Generation;

/// <summary>Answers prompts in batches with a key/value cache. Uses the model alone while it runs; no gradient.</summary>
public sealed class Generator
{
    /// <summary>Rows decoded together when the caller names no number.</summary>
    public const int DefaultBatchSize = 100;

    // Finished rows are dropped from the batch when at most this share is left; before that they ride along.
    private const double CompactionShare = 0.75;

    private readonly LlavaModel _model;
    private readonly int _batchSize;

    /// <summary>A generator over a model.</summary>
    /// <param name="model">Must outlive the generator.</param>
    /// <param name="batchSize">Most rows decoded together; at least 1.</param>
    public Generator(LlavaModel model, int batchSize = DefaultBatchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _model = model;
        _batchSize = batchSize;
    }

    /// <summary>Answers requests.</summary>
    /// <param name="requests">Any number; they are batched by image and length, the order of results is the order of requests.</param>
    /// <param name="options">How tokens are chosen.</param>
    /// <param name="onProgress">Called with the number of requests answered so far; null for none.</param>
    /// <returns>New ids of each request. As with Hugging Face the end token is the last one, unless the answer was cut.</returns>
    /// <exception cref="NSft.Collectives.UserInputException">Image tokens do not fit the features.</exception>
    public IReadOnlyList<int[]> Generate(
        IReadOnlyList<GenerationRequest> requests, SamplingOptions options, Action<int>? onProgress = null)
    {
        ArgumentNullException.ThrowIfNull(requests);
        options.Validate();
        using IDisposable noGrad = no_grad();
        using IDisposable pass = _model.CastForPass(_model.ComputeDtype);
        var answers = new int[requests.Count][];
        int done = 0;
        foreach (int[] batch in Schedule(requests).Chunk(_batchSize))
        {
            DecodingRow[] rows = [.. batch.Select(index => new DecodingRow(index, requests[index], options))];
            Decode(rows, options);
            foreach (DecodingRow row in rows)
            {
                answers[row.Index] = [.. row.NewIds];
            }

            done += batch.Length;
            onProgress?.Invoke(done);
        }

        return answers;
    }

    private static IEnumerable<int> Schedule(IReadOnlyList<GenerationRequest> requests)
    {
        int[] order = [.. Enumerable.Range(0, requests.Count)];
        string?[] keys = [.. requests.Select(static request => request.ImageKey)];
        bool sharesImages = keys.Where(static key => key is not null).GroupBy(static key => key).Any(static group => group.Count() > 1);
        return order
            .OrderBy(index => sharesImages ? keys[index] : null, StringComparer.Ordinal)
            .ThenBy(index => requests[index].PromptIds.Length);
    }

    private void Decode(DecodingRow[] rows, SamplingOptions options)
    {
        using var scope = NewDisposeScope();
        var prefill = new Prefill(_model);
        (KeyValueCache cache, Tensor hidden) = prefill.Run([.. rows.Select(static row => row.Request)], options.MaxNewTokens);
        try
        {
            DecodingRow[] active = rows;
            for (int step = 1; ; step++)
            {
                Tensor ids = Choose(hidden, active, options);
                hidden.Dispose();
                int[] survivors = [.. Enumerable.Range(0, active.Length).Where(i => !active[i].IsFinished)];
                if (survivors.Length == 0)
                {
                    return;
                }

                if (survivors.Length <= CompactionShare * active.Length)
                {
                    KeyValueCache smaller = cache.Select(survivors, cache.UsedSlots + options.MaxNewTokens - step);
                    cache.Dispose();
                    cache = smaller;
                    active = [.. survivors.Select(i => active[i])];
                    ids.Dispose();
                    ids = tensor(active.Select(static row => (long)row.NewIds[^1]).ToArray(), device: _model.Device);
                }

                using Tensor column = ids.unsqueeze(1);
                using Tensor states = _model.ForwardHidden(column, null, null, cache);
                hidden = states.squeeze(1);
                ids.Dispose();
            }
        }
        finally
        {
            cache.Dispose();
        }
    }

    /// <summary>Chooses the next id of each row (A), and tells the rows.</summary>
    private Tensor Choose(Tensor hidden, DecodingRow[] active, SamplingOptions options)
    {
        using var scope = NewDisposeScope();
        Tensor logits = _model.Logits(hidden);
        if (options.SuppressedIds is { Count: > 0 } suppressed)
        {
            logits = logits + SuppressionBias(suppressed).to(logits.dtype, logits.device);
        }

        if (options.Temperature == 0)
        {
            Tensor best = logits.argmax(-1);
            long[] chosen = best.cpu().data<long>().ToArray();
            for (int i = 0; i < active.Length; i++)
            {
                active[i].Take((int)chosen[i], _model.Config.Text.EosTokenId);
            }

            return best.MoveToOuterDisposeScope();
        }

        int width = (int)logits.shape[1];
        float[] values = logits.to(ScalarType.Float32).cpu().data<float>().ToArray();
        var drawn = new long[active.Length];
        for (int i = 0; i < active.Length; i++)
        {
            drawn[i] = active[i].Sample(values.AsSpan(i * width, width), _model.Config.Text.EosTokenId);
        }

        return tensor(drawn, device: _model.Device).MoveToOuterDisposeScope();
    }

    private Tensor SuppressionBias(IReadOnlyList<int> ids)
    {
        var bias = new float[_model.Config.Text.VocabularySize];
        foreach (int id in ids)
        {
            bias[id] = float.NegativeInfinity;
        }

        return tensor(bias);
    }
}
