namespace NSft.Collectives;

/// <summary>Elements of one slice within one norm block: the unit in which the gradient is read and applied.</summary>
/// <param name="Slice">Index of the slice in the layout.</param>
/// <param name="Tensor">Index of the tensor in the layout.</param>
/// <param name="Range">Elements of the flat vector, at most <see cref="GradientLayout.BlockLength"/>.</param>
public readonly record struct LayoutPiece(int Slice, int Tensor, ElementRange Range);
