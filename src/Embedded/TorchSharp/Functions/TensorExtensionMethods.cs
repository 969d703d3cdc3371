using static TorchSharp.torch;

namespace TorchSharp;

public static class TensorExtensionMethods
{
    public static float ToSingle(this Tensor value) => (float)value.ToDouble();

    public static double ToDouble(this Tensor value) => value.ToScalar().AsDouble;

    public static long ToInt64(this Tensor value) => value.ToScalar().AsLong;

    public static int ToInt32(this Tensor value) => (int)value.ToScalar().AsLong;

    public static bool ToBoolean(this Tensor value) => value.ToScalar().AsDouble != 0;

    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 => 8,
        _ => throw new NotSupportedException($"{type} has no element size"),
    };
}
