using static TorchSharp.torch;

namespace NSft.Model;

/// <summary>
/// Cuts a pass's graph at the inputs of the decoder's blocks, so that the backward pass runs piece by piece and tells when the gradients
/// of a block are final: the library has no gradient hooks.
/// </summary>
/// <remarks>
/// Each cut puts a leaf with the same memory in the place of a block's input. The pass above it leaves its gradient there, and the pass
/// below starts from it. Parameters used in one piece get the same bits as from one backward pass. One thread, as the model.
/// </remarks>
public sealed class BackwardPieces : IDisposable
{
    private readonly Stack<(int Block, Tensor Output, Tensor Leaf)> _cuts = new();

    /// <summary>Runs the backward pass from the loss down to the leaves.</summary>
    /// <param name="loss">A scalar.</param>
    /// <param name="finished">Called when the gradients of blocks from a number on are final, with those of final norm and head; the
    /// number of blocks says norm and head alone. Not called for the last piece. May be null.</param>
    public void Run(Tensor loss, Action<int>? finished = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        loss.backward();
        while (_cuts.TryPop(out (int Block, Tensor Output, Tensor Leaf) cut))
        {
            finished?.Invoke(cut.Block);
            using Tensor output = cut.Output;
            using Tensor leaf = cut.Leaf;
            using Tensor gradient = leaf.grad!;
            output.backward([gradient]);
        }
    }

    /// <summary>Frees the cuts of a pass that was not run backward.</summary>
    public void Dispose()
    {
        while (_cuts.TryPop(out (int Block, Tensor Output, Tensor Leaf) cut))
        {
            cut.Output.Dispose();
            cut.Leaf.Dispose();
        }
    }

    /// <summary>Ends a piece in front of a block.</summary>
    /// <param name="block">The block, or the number of blocks for the final norm.</param>
    /// <param name="input">The block's input; not used by the caller any more.</param>
    /// <returns>What the block computes with: a leaf, owned here, or the input itself where nothing below it is trained.</returns>
    internal Tensor Cut(int block, Tensor input)
    {
        if (!input.requires_grad)
        {
            return input;
        }

        Tensor leaf = input.detach().requires_grad_(true).DetachFromDisposeScope();
        _cuts.Push((block, input.DetachFromDisposeScope(), leaf));
        return leaf;
    }
}
