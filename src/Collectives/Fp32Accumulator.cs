using System.Runtime.InteropServices;

namespace NSft.Collectives;

/// <summary>Sums in float32, in the order of the calls.</summary>
internal sealed class Fp32Accumulator(GradientLayout layout) : GradientAccumulator(layout, sizeof(float), sizeof(float))
{
    public override SliceMagnitude Add(int slice, ReadOnlySpan<float> gradient, int exponent) =>
        AddFloats(gradient, Stored<float>(Layout.Slices[slice]));

    public override void CopyTo(ElementRange range, Span<byte> destination)
    {
        int length = CheckWire(range, destination.Length);
        MemoryMarshal.AsBytes(Stored<float>(range.Offset, length)).CopyTo(destination);
    }

    public override void AddPartial(ElementRange range, ReadOnlySpan<byte> wire)
    {
        int length = CheckWire(range, wire.Length);
        FixedPoint.Add(Elements<float>(wire), Stored<float>(range.Offset, length));
    }

    private protected override void Replace(ElementRange range, ReadOnlySpan<byte> wire)
    {
        int length = CheckWire(range, wire.Length);
        Elements<float>(wire).CopyTo(Stored<float>(range.Offset, length));
    }

    public override void Read(ElementRange range, int exponent, Span<float> gradient) =>
        Stored<float>(range.Offset, checked((int)range.Length)).CopyTo(gradient);

    /// <summary>Adds values and measures them; no exponent, so nothing overflows before float32 does.</summary>
    internal static SliceMagnitude AddFloats(ReadOnlySpan<float> gradient, Span<float> sums)
    {
        FixedPoint.Add(gradient, sums);
        return FixedPoint.Measure(gradient);
    }

    private protected override void AddTo(Span<byte> sums, ReadOnlySpan<byte> peer, bool isWire) =>
        FixedPoint.Add(Elements<float>(peer), MemoryMarshal.Cast<byte, float>(sums));
}
