using System.Buffers;
using System.Text;

namespace Prometheus;

/// <summary>How often a number was how large.</summary>
public sealed class Histogram : Collector<Histogram.Child>
{
    private static readonly double[] DefaultBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly double[] _bounds;
    private readonly byte[][] _boundLabels;

    internal Histogram(string name, string help, string[] labelNames, HistogramConfiguration? configuration)
        : base(name, help, labelNames, "histogram", configuration)
    {
        if (labelNames.Contains(TextFormat.BoundLabel, StringComparer.Ordinal))
        {
            throw new ArgumentException($"{name}: a histogram has no label {TextFormat.BoundLabel} of its own", nameof(labelNames));
        }

        double[] bounds = configuration?.Buckets ?? DefaultBuckets;
        _bounds = bounds is [.., double.PositiveInfinity] ? bounds : [.. bounds, double.PositiveInfinity];
        if (_bounds.Zip(_bounds.Skip(1)).Any(pair => !(pair.First < pair.Second)))
        {
            throw new ArgumentException($"{name}: bounds of buckets must rise", nameof(configuration));
        }

        _boundLabels = [.. _bounds.Select(bound => Encoding.UTF8.GetBytes($"{TextFormat.BoundLabel}=\"{TextFormat.Number(bound)}\""))];
    }

    internal override Child NewChild() => new(this);

    /// <summary>The observations of one set of label values.</summary>
#pragma warning disable CA1034 // nested as in the package
    public sealed class Child : ChildBase
#pragma warning restore CA1034
    {
        private readonly Histogram _parent;
        private readonly long[] _counts;
        private AtomicDouble _sum;

        internal Child(Histogram parent)
        {
            _parent = parent;
            _counts = new long[parent._bounds.Length];
        }

        /// <summary>Sum of the numbers.</summary>
        public double Sum => _sum.Value;

        /// <summary>How many there were.</summary>
        public long Count
        {
            get
            {
                long count = 0;
                for (int bucket = 0; bucket < _counts.Length; bucket++)
                {
                    count += Volatile.Read(ref _counts[bucket]);
                }

                return count;
            }
        }

        /// <summary>Takes a number in; one that is none is left out.</summary>
        /// <param name="val">The number.</param>
        public void Observe(double val)
        {
            if (double.IsNaN(val))
            {
                return;
            }

            int bucket = Array.BinarySearch(_parent._bounds, val);
            Interlocked.Increment(ref _counts[bucket < 0 ? ~bucket : bucket]);
            _sum.Add(val);
            IsPublished = true;
        }

        internal override void Write(IBufferWriter<byte> output)
        {
            // Counted once, so that the answer agrees with itself while others observe.
            long[] counts = new long[_counts.Length];
            long total = 0;
            for (int bucket = 0; bucket < counts.Length; bucket++)
            {
                total += Volatile.Read(ref _counts[bucket]);
                counts[bucket] = total;
            }

            TextFormat.WriteLine(output, this, Sum, "_sum"u8);
            TextFormat.WriteLine(output, this, total, "_count"u8);
            for (int bucket = 0; bucket < counts.Length; bucket++)
            {
                TextFormat.WriteLine(output, this, counts[bucket], "_bucket"u8, _parent._boundLabels[bucket]);
            }
        }
    }
}
