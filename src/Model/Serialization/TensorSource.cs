namespace NSft.Model.Serialization;

/// <summary>A tensor to be written: what the header says about it, and a callback that writes its little-endian bytes.</summary>
/// <param name="Name">Name in the file.</param>
/// <param name="Dtype">Element type.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="WriteTo">Writes exactly <see cref="ByteCount"/> bytes; called once for each file written.</param>
public sealed record TensorSource(string Name, TensorDtype Dtype, long[] Shape, Action<Stream> WriteTo)
{
    /// <summary>A tensor whose bytes are at hand.</summary>
    /// <param name="name">Name in the file.</param>
    /// <param name="dtype">Element type.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <param name="bytes">Its little-endian bytes.</param>
    public TensorSource(string name, TensorDtype dtype, long[] shape, ReadOnlyMemory<byte> bytes)
        : this(name, dtype, shape, stream => stream.Write(bytes.Span))
    {
    }

    /// <summary>Length in bytes.</summary>
    public long ByteCount => checked(TensorDtypes.ElementCount(Shape) * Dtype.SizeOf());
}
