using System.Runtime.InteropServices;

namespace NSft.Collectives;

/// <summary>Sums in 64-bit fixed point.</summary>
internal sealed class Exact64Accumulator(GradientLayout layout) : GradientAccumulator(layout, sizeof(long), sizeof(long))
{
    public override int DataBits => FixedPoint64.DataBits;

    public override SliceMagnitude Add(int slice, ReadOnlySpan<float> gradient, int exponent) =>
        FixedPoint64.Accumulate(gradient, Stored<long>(Layout.Slices[slice]), exponent);

    public override void CopyTo(ElementRange range, Span<byte> destination)
    {
        int length = CheckWire(range, destination.Length);
        MemoryMarshal.AsBytes(Stored<long>(range.Offset, length)).CopyTo(destination);
    }

    public override void AddPartial(ElementRange range, ReadOnlySpan<byte> wire)
    {
        int length = CheckWire(range, wire.Length);
        FixedPoint.Add(Elements<long>(wire), Stored<long>(range.Offset, length));
    }

    private protected override void Replace(ElementRange range, ReadOnlySpan<byte> wire)
    {
        int length = CheckWire(range, wire.Length);
        Elements<long>(wire).CopyTo(Stored<long>(range.Offset, length));
    }

    public override void Read(ElementRange range, int exponent, Span<float> gradient) =>
        FixedPoint64.Dequantize(Stored<long>(range.Offset, checked((int)range.Length)), gradient, exponent);

    private protected override void AddTo(Span<byte> sums, ReadOnlySpan<byte> peer, bool isWire) =>
        FixedPoint.Add(Elements<long>(peer), MemoryMarshal.Cast<byte, long>(sums));
}
