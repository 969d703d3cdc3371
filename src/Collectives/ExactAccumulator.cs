using System.Runtime.InteropServices;

namespace NSft.Collectives;

/// <summary>Sums in 32-bit fixed point.</summary>
internal sealed class ExactAccumulator(GradientLayout layout, int dataBits) : GradientAccumulator(layout, sizeof(int), sizeof(int))
{
    public override int DataBits { get; } = dataBits;

    public override SliceMagnitude Add(int slice, ReadOnlySpan<float> gradient, int exponent) =>
        FixedPoint.Accumulate(gradient, Stored<int>(Layout.Slices[slice]), exponent, DataBits);

    public override void CopyTo(ElementRange range, Span<byte> destination)
    {
        int length = CheckWire(range, destination.Length);
        MemoryMarshal.AsBytes(Stored<int>(range.Offset, length)).CopyTo(destination);
    }

    public override void AddPartial(ElementRange range, ReadOnlySpan<byte> wire)
    {
        int length = CheckWire(range, wire.Length);
        FixedPoint.Add(Elements<int>(wire), Stored<int>(range.Offset, length));
    }

    private protected override void Replace(ElementRange range, ReadOnlySpan<byte> wire)
    {
        int length = CheckWire(range, wire.Length);
        Elements<int>(wire).CopyTo(Stored<int>(range.Offset, length));
    }

    public override void Read(ElementRange range, int exponent, Span<float> gradient) =>
        FixedPoint.Dequantize(Stored<int>(range.Offset, checked((int)range.Length)), gradient, exponent);

    private protected override void AddTo(Span<byte> sums, ReadOnlySpan<byte> peer, bool isWire) =>
        FixedPoint.Add(Elements<int>(peer), MemoryMarshal.Cast<byte, int>(sums));
}
