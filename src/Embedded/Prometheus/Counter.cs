using System.Buffers;

namespace Prometheus;

/// <summary>A number that only rises.</summary>
public sealed class Counter : Collector<Counter.Child>
{
    internal Counter(string name, string help, string[] labelNames, CounterConfiguration? configuration)
        : base(name, help, labelNames, "counter", configuration)
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
        /// <param name="increment">How much; not negative.</param>
        public void Inc(double increment = 1)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(increment);
            _value.Add(increment);
            IsPublished = true;
        }

        /// <summary>Raises it; a number that is higher already stays.</summary>
        /// <param name="targetValue">To what.</param>
        public void IncTo(double targetValue)
        {
            _value.RaiseTo(targetValue);
            IsPublished = true;
        }

        internal override void Write(IBufferWriter<byte> output) => TextFormat.WriteLine(output, this, Value);
    }
}
