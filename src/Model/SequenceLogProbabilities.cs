// B rows, T tokens, N labels, D width, V vocabulary.
using static TorchSharp.torch;

namespace NSft.Model;

/// <summary>Log-probabilities of labels, computed where labels are and nowhere else.</summary>
public static class SequenceLogProbabilities
{
    // Logits alive at once when no gradient is wanted: 64 MB in float32.
    private const int MaxLogits = 1 << 24;

    /// <summary>Log-probabilities from hidden states at hand.</summary>
    /// <param name="model">Provides the head.</param>
    /// <param name="hidden">(B, T, D) after the final norm.</param>
    /// <param name="labels">(B, T), int64, not shifted; -100 where nothing is trained.</param>
    public static TokenLogProbabilities OfLabels(LlavaModel model, Tensor hidden, Tensor labels)
    {
        using var scope = NewDisposeScope();
        LabelPositions found = Find(labels);
        Tensor picked = hidden.flatten(0, 1).index_select(0, tensor(found.Positions, device: hidden.device));
        return new TokenLogProbabilities(Score(model, picked, found).MoveToOuterDisposeScope(), found);
    }

    /// <summary>Log-probabilities of a batch; the last block runs at label positions only, which is the cheapest way to train.</summary>
    /// <param name="model">The model; carries gradient to its leaves when gradient is on.</param>
    /// <param name="ids">(B, T), int64, right padded.</param>
    /// <param name="visionFeatures">(images, P, Dv) in row order, or null.</param>
    /// <param name="labels">(B, T), int64, not shifted; -100 where nothing is trained.</param>
    /// <param name="pieces">Cuts the graph for a backward pass in pieces; or null.</param>
    public static TokenLogProbabilities Compute(
        LlavaModel model, Tensor ids, Tensor? visionFeatures, Tensor labels, BackwardPieces? pieces = null)
    {
        using var scope = NewDisposeScope();
        LabelPositions found = Find(labels);
        Tensor hidden = model.ForwardHiddenAt(ids, visionFeatures, tensor(found.Positions, device: model.Device), pieces);
        return new TokenLogProbabilities(Score(model, hidden, found).MoveToOuterDisposeScope(), found);
    }

    private static LabelPositions Find(Tensor labels)
    {
        using Tensor host = labels.cpu().contiguous();
        return LabelPositions.Find(host.data<long>().ToArray(), (int)labels.shape[0]);
    }

    private static Tensor Score(LlavaModel model, Tensor hidden, LabelPositions labels)
    {
        Tensor targets = tensor(labels.Targets, device: hidden.device).unsqueeze(1);
        int count = labels.Targets.Length;
        int chunk = Math.Max(1, MaxLogits / model.Config.Text.VocabularySize);
        if (is_grad_enabled() || count <= chunk)
        {
            return Score(model, hidden, targets);
        }

        var parts = new List<Tensor>();
        for (int start = 0; start < count; start += chunk)
        {
            int length = Math.Min(chunk, count - start);
            parts.Add(Score(model, hidden.narrow(0, start, length), targets.narrow(0, start, length)));
        }

        return cat(parts, 0);
    }

    private static Tensor Score(LlavaModel model, Tensor hidden, Tensor targets)
    {
        using var scope = NewDisposeScope();
        Tensor logits = model.Logits(hidden);
        return logits.log_softmax(-1, ScalarType.Float32).gather(1, targets).squeeze(1).MoveToOuterDisposeScope();
    }
}
