namespace NSft.Collectives;

/// <summary>A part of one tensor that shares one fixed-point exponent.</summary>
/// <param name="Tensor">Index of the tensor in <see cref="GradientLayout.Tensors"/>.</param>
/// <param name="Offset">First element in the flat vector.</param>
/// <param name="Length">Number of elements, at most <see cref="GradientLayout.MaxSliceLength"/>.</param>
public readonly record struct GradientSlice(int Tensor, long Offset, int Length);
