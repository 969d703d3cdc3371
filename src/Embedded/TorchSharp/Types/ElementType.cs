using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Which element type of libtorch a .NET type is stored as.</summary>
internal static class ElementType
{
    internal static ScalarType Of<T>() => Of(typeof(T));

    internal static ScalarType Of(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => ScalarType.Byte,
        TypeCode.SByte => ScalarType.Int8,
        TypeCode.Int16 => ScalarType.Int16,
        TypeCode.Int32 => ScalarType.Int32,
        TypeCode.Int64 => ScalarType.Int64,
        TypeCode.Single => ScalarType.Float32,
        TypeCode.Double => ScalarType.Float64,
        TypeCode.Boolean => ScalarType.Bool,
        _ when type == typeof(Half) => ScalarType.Float16,
        _ when type == typeof(BFloat16) => ScalarType.BFloat16,
        _ => throw new ArgumentException($"{type.Name} is no element type of a tensor"),
    };
}
