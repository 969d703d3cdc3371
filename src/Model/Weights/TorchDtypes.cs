using NSft.Collectives;
using NSft.Model.Serialization;
using static TorchSharp.torch;

namespace NSft.Model.Weights;

/// <summary>Element types of checkpoints as the tensor library names them.</summary>
internal static class TorchDtypes
{
    internal static ScalarType? FromFile(TensorDtype dtype) => dtype switch
    {
        TensorDtype.Float32 => ScalarType.Float32,
        TensorDtype.BFloat16 => ScalarType.BFloat16,
        TensorDtype.Float16 => ScalarType.Float16,
        _ => null,
    };

    internal static TensorDtype ToFile(ScalarType dtype) => dtype switch
    {
        ScalarType.Float32 => TensorDtype.Float32,
        ScalarType.BFloat16 => TensorDtype.BFloat16,
        ScalarType.Float16 => TensorDtype.Float16,
        _ => throw new ArgumentException($"Checkpoints hold float32, bfloat16 or float16, not {dtype}.", nameof(dtype)),
    };

    internal static string ConfigName(ScalarType dtype) => dtype switch
    {
        ScalarType.Float32 => "float32",
        ScalarType.BFloat16 => "bfloat16",
        ScalarType.Float16 => "float16",
        _ => throw new ArgumentException($"Checkpoints hold float32, bfloat16 or float16, not {dtype}.", nameof(dtype)),
    };

    internal static ScalarType FromConfigName(string name) => name switch
    {
        "float32" => ScalarType.Float32,
        "bfloat16" => ScalarType.BFloat16,
        "float16" => ScalarType.Float16,
        _ => throw new UserInputException($"dtype '{name}' is not supported (float32, bfloat16 and float16 are)."),
    };

    /// <summary>Reads one tensor of a file to a device, in a dtype of choice.</summary>
    internal static Tensor Read(TensorEntry entry, Action<TensorEntry, long, Span<byte>> read, ScalarType dtype, Device device)
    {
        using var scope = NewDisposeScope();
        Tensor stored = empty(entry.Shape, FromFile(entry.Dtype)!.Value, CPU);
        read(entry, 0, stored.bytes);
        return stored.to(dtype, device).MoveToOuterDisposeScope();
    }
}
