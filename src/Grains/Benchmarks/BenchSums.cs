using System.Runtime.InteropServices;
using NSft.Collectives;
using NSft.Grains.ShardWorker;
using NSft.Training.Sessions;

namespace NSft.Grains.Benchmarks;

/// <summary>Sums without a model: exact 32-bit integers that tell element and seat, so that every total can be checked.</summary>
internal sealed class BenchSums : IExchangeSession, IDisposable
{
    // Their sum over all workers stays a float32 integer, so that peers that add floats can be checked likewise.
    private const uint Mask = 0xffff;

    private readonly float[] _values = new float[GradientLayout.MaxSliceLength];

    /// <summary>Zeros.</summary>
    /// <param name="length">Number of elements.</param>
    internal BenchSums(long length)
    {
        Layout = GradientLayout.Create([("sum", length)]);
        Sums = GradientAccumulator.Create(ReductionKind.Exact, Layout, 1);
        Facts = new SessionFacts(1, 1, Sums.DataBits, Sums.BytesPerElement, Layout, "bench");
    }

    public GradientAccumulator Sums { get; }

    public int NextStep => 0;

    internal GradientLayout Layout { get; }

    internal SessionFacts Facts { get; }

    /// <summary>Writes a worker's numbers.</summary>
    internal void Fill(int seat)
    {
        Sums.Clear();
        for (var slice = 0; slice < Layout.Slices.Count; slice++)
        {
            var (_, offset, length) = Layout.Slices[slice];
            for (var i = 0; i < length; i++)
            {
                _values[i] = Value(offset + i, seat);
            }

            Sums.Add(slice, _values.AsSpan(0, length), exponent: 0);
        }
    }

    /// <summary>Whether every element is the sum over all workers.</summary>
    internal bool IsTotal(int workerCount)
    {
        var bytes = new byte[GradientLayout.MaxSliceLength * sizeof(int)];
        foreach (var (_, offset, length) in Layout.Slices)
        {
            Sums.CopyTo(new ElementRange(offset, length), bytes.AsSpan(0, length * sizeof(int)));
            var totals = MemoryMarshal.Cast<byte, int>(bytes);
            for (var i = 0; i < length; i++)
            {
                var expected = 0L;
                for (var seat = 0; seat < workerCount; seat++)
                {
                    expected += Value(offset + i, seat);
                }

                if (totals[i] != expected)
                {
                    return false;
                }
            }
        }

        return true;
    }

    public int ReadState(StateParts parts, ElementRange range, Span<byte> destination) =>
        throw new InvalidOperationException("A bench worker holds no weights.");

    public bool WriteState(int step, StateParts parts, ElementRange range, ReadOnlySpan<byte> source) => false;

    public void Dispose() => Sums.Dispose();

    private static int Value(long element, int seat) => (int)(((uint)element * 31 + (uint)seat * 17) & Mask);
}
