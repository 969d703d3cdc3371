using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number on its way to libtorch, which still knows whether it is whole, real or logical.</summary>
public sealed class Scalar : IDisposable
{
    private readonly double _real;
    private readonly long _whole;

    private Scalar(double real)
    {
        _real = real;
        Type = ScalarType.Float64;
    }

    private Scalar(long whole, ScalarType type)
    {
        _whole = whole;
        Type = type;
    }

    public ScalarType Type { get; }

    internal double AsDouble => Type == ScalarType.Float64 ? _real : _whole;

    internal long AsLong => Type == ScalarType.Float64 ? (long)_real : _whole;

    public static implicit operator Scalar(double value) => new(value);

    public static implicit operator Scalar(float value) => new(value);

    public static implicit operator Scalar(long value) => new(value, ScalarType.Int64);

    public static implicit operator Scalar(int value) => new(value, ScalarType.Int64);

    public static implicit operator Scalar(short value) => new(value, ScalarType.Int64);

    public static implicit operator Scalar(byte value) => new(value, ScalarType.Int64);

    public static implicit operator Scalar(bool value) => new(value ? 1 : 0, ScalarType.Bool);

    public void Dispose()
    {
        // Nothing native is held: the value crosses the border with each call.
    }

    internal Argument AsArgument() => Type switch
    {
        ScalarType.Float64 => _real,
        ScalarType.Bool => _whole != 0,
        _ => _whole,
    };
}
