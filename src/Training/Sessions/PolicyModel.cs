// R rows, N label tokens.
using NSft.Model;
using static TorchSharp.torch;

namespace NSft.Training.Sessions;

/// <summary>The model in training and, where an objective needs it, the same model as it was at the start.</summary>
/// <param name="model">The model; not disposed here.</param>
/// <param name="reference">The start, or null when the objective does not ask for it; not disposed here.</param>
internal sealed class PolicyModel(LlavaModel model, IReferencePolicy? reference)
{
    /// <summary>Log-probabilities of a pass's labels; carry gradient to the leaves.</summary>
    internal TokenLogProbabilities Score(PassBatch batch)
    {
        using IDisposable cast = model.CastForPass(model.ComputeDtype);
        return SequenceLogProbabilities.Compute(model, batch.Ids, batch.Features, batch.Labels);
    }

    /// <summary>Sums (R) over each row's labels under the reference; no gradient.</summary>
    internal Tensor ScoreReference(PassBatch batch)
    {
        IReferencePolicy start = reference ?? throw new InvalidOperationException("This session holds no reference.");
        using var scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        using IDisposable swapped = start.Use();
        return Score(batch).SumByRow().MoveToOuterDisposeScope();
    }
}
