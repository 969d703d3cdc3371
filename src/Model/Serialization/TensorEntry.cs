namespace NSft.Model.Serialization;

/// <summary>Where one tensor lies.</summary>
/// <param name="Name">The tensor's name in the file.</param>
/// <param name="Dtype">Element type.</param>
/// <param name="Shape">Sizes, outermost first; empty for one number.</param>
/// <param name="File">Path of the file that holds it.</param>
/// <param name="Offset">First byte, counted from the start of the file.</param>
/// <param name="ByteCount">Length in bytes.</param>
public sealed record TensorEntry(string Name, TensorDtype Dtype, long[] Shape, string File, long Offset, long ByteCount)
{
    /// <summary>Number of elements.</summary>
    public long ElementCount => ByteCount / Dtype.SizeOf();
}
