using System.Buffers;

namespace Prometheus;

/// <summary>A number that rises and falls.</summary>
public sealed class Gauge : Collector<Gauge.Child>
{
    internal Gauge(string name, string help, string[] labelNames, GaugeConfiguration? configuration)
        : base(name, help, labelNames, "gauge", configuration)
    {
    }

    internal override Child NewChild() => new();

    /// <summary>The number of one set of label values.</summary>
#pragma warning disable CA1034 // nested as in the package
    public sealed class Child : ChildBase
#pragma warning restore CA1034
    {
        private AtomicDouble _value;

        internal Child()
        {
        }

        /// <summary>The number.</summary>
        public double Value => _value.Value;

        /// <summary>Adds to it.</summary>
        /// <param name="increment">How much.</param>
        public void Inc(double increment = 1)
        {
            _value.Add(increment);
            IsPublished = true;
        }

        /// <summary>Sets it.</summary>
        /// <param name="val">The new number.</param>
        public void Set(double val)
        {
            _value.Set(val);
            IsPublished = true;
        }

        internal override void Write(IBufferWriter<byte> output) => TextFormat.WriteLine(output, this, Value);
    }
}
