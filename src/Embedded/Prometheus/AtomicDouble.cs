namespace Prometheus;

/// <summary>A number that several threads change.</summary>
internal struct AtomicDouble
{
    private double _value;

    public readonly double Value => Volatile.Read(in _value);

    public void Set(double value) => Volatile.Write(ref _value, value);

    public void Add(double value)
    {
        double seen = Volatile.Read(ref _value);
        while (true)
        {
            double before = Interlocked.CompareExchange(ref _value, seen + value, seen);
            if (BitConverter.DoubleToInt64Bits(before) == BitConverter.DoubleToInt64Bits(seen))
            {
                return;
            }

            seen = before;
        }
    }

    public void RaiseTo(double value)
    {
        double seen = Volatile.Read(ref _value);
        while (seen < value)
        {
            double before = Interlocked.CompareExchange(ref _value, value, seen);
            if (BitConverter.DoubleToInt64Bits(before) == BitConverter.DoubleToInt64Bits(seen))
            {
                return;
            }

            seen = before;
        }
    }
}
