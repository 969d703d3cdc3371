namespace NSft.Training.Sessions;

/// <summary>Bytes that a session holds for good.</summary>
/// <param name="Weights">Model weights, the float32 master of the trained ones included.</param>
/// <param name="Gradients">The gradient vector.</param>
/// <param name="Optimizer">AdamW's moments: those that the worker has to hold.</param>
/// <param name="Reference">The frozen copy that DPO compares with; 0 otherwise.</param>
/// <remarks>What tensors hold beyond weights, gradients and optimizer at a step's peak is the objective's price.</remarks>
public sealed record SessionMemory(long Weights, long Gradients, long Optimizer, long Reference)
{
    /// <summary>Weights, gradients and optimizer: what every objective needs.</summary>
    public long Base => Weights + Gradients + Optimizer;

    /// <summary>The part of <see cref="Base"/> that tensors hold; moments lie in memory of their own.</summary>
    public long Tensors => Weights + Gradients;
}
