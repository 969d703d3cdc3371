// R rows, N label tokens.
using NSft.Model;
using static TorchSharp.torch;

namespace NSft.Training.Sessions;

/// <summary>The model in training and, where an objective needs it, the same model as it was at the start.</summary>
/// <param name="model">The model; not disposed here.</param>
/// <param name="reference">The start, or null when the objective does not ask for it; not disposed here.</param>
/// <param name="phases">Told of forward and backward passes.</param>
internal sealed class PolicyModel(LlavaModel model, IReferencePolicy? reference, PhaseClock phases) : IDisposable
{
    private readonly BackwardPieces _pieces = new();

    /// <summary>Told when the gradients of blocks from a number on are final in this pass, see <see cref="BackwardPieces.Run"/>; or null.</summary>
    internal Action<int>? Finished { get; set; }

    /// <summary>Log-probabilities of a pass's labels; carry gradient to the leaves, by <see cref="Backward"/>.</summary>
    internal TokenLogProbabilities Score(PassBatch batch)
    {
        phases.Enter(StepPhase.Forward);

        // Cut in every pass, so that bits do not depend on which pass is a worker's last.
        _pieces.Dispose();
        using IDisposable cast = model.CastForPass(model.ComputeDtype);
        return SequenceLogProbabilities.Compute(model, batch.Ids, batch.Features, batch.Labels, _pieces);
    }

    /// <summary>Runs the pass scored last backward.</summary>
    /// <param name="loss">A scalar that depends on its log-probabilities.</param>
    internal void Backward(Tensor loss)
    {
        phases.Enter(StepPhase.Backward);
        _pieces.Run(loss, Finished);
    }

    /// <summary>Frees what a pass has left that was not run backward.</summary>
    public void Dispose() => _pieces.Dispose();

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
