using System.Runtime.InteropServices;

namespace NSft.Collectives;

/// <summary>Sums in float32 within a worker, bfloat16 on the wire.</summary>
internal sealed class Bf16Accumulator(GradientLayout layout) : GradientAccumulator(layout, sizeof(ushort), sizeof(float))
{
    public override SliceMagnitude Add(int slice, ReadOnlySpan<float> gradient, int exponent) =>
        Fp32Accumulator.AddFloats(gradient, Stored<float>(Layout.Slices[slice]));

    public override void CopyTo(ElementRange range, Span<byte> destination)
    {
        Span<float> sums = Stored<float>(range.Offset, CheckWire(range, destination.Length));
        Span<ushort> wire = MemoryMarshal.Cast<byte, ushort>(destination);
        for (int i = 0; i < sums.Length; i++)
        {
            wire[i] = Round(sums[i]);
            sums[i] = Widen(wire[i]);
        }
    }

    public override void AddPartial(ElementRange range, ReadOnlySpan<byte> wire)
    {
        Span<float> sums = Stored<float>(range.Offset, CheckWire(range, wire.Length));
        AddRounded(Elements<ushort>(wire), sums);
    }

    private protected override void Replace(ElementRange range, ReadOnlySpan<byte> wire)
    {
        Span<float> sums = Stored<float>(range.Offset, CheckWire(range, wire.Length));
        ReadOnlySpan<ushort> values = Elements<ushort>(wire);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = Widen(values[i]);
        }
    }

    public override void Read(ElementRange range, int exponent, Span<float> gradient) =>
        Stored<float>(range.Offset, checked((int)range.Length)).CopyTo(gradient);

    /// <summary>Rounds to bfloat16, half to even; a NaN stays a NaN.</summary>
    internal static ushort Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }

    internal static float Widen(ushort value) => BitConverter.UInt32BitsToSingle((uint)value << 16);

    private protected override void AddTo(Span<byte> sums, ReadOnlySpan<byte> peer, bool isWire)
    {
        Span<float> ours = MemoryMarshal.Cast<byte, float>(sums);
        if (isWire)
        {
            AddRounded(Elements<ushort>(peer), ours);
            return;
        }

        ReadOnlySpan<float> theirs = Elements<float>(peer);
        for (int i = 0; i < ours.Length; i++)
        {
            ours[i] = Widen(Round(ours[i])) + Widen(Round(theirs[i]));
        }
    }

    private protected override void Settle(Span<byte> sums)
    {
        foreach (ref float sum in MemoryMarshal.Cast<byte, float>(sums))
        {
            sum = Widen(Round(sum));
        }
    }

    private static void AddRounded(ReadOnlySpan<ushort> values, Span<float> sums)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = Widen(Round(sums[i])) + Widen(values[i]);
        }
    }
}
