using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>An argument of an operator. It holds on to the object it came from, so that nothing is finalized during the call.</summary>
internal readonly struct Argument
{
    internal readonly object? Owner;
    internal readonly long Bits;
    internal readonly ArgumentKind Kind;

    private Argument(ArgumentKind kind, long bits, object? owner = null)
    {
        Kind = kind;
        Bits = bits;
        Owner = owner;
    }

    internal static Argument None => default;

    /// <summary>How many 8-byte words the call needs beside the argument itself.</summary>
    internal int Words => Kind switch
    {
        ArgumentKind.IntList => ((long[])Owner!).Length,
        ArgumentKind.TensorList or ArgumentKind.OptionalTensorList => ((IList<Tensor>)Owner!).Count,
        ArgumentKind.String => (Encoding.UTF8.GetByteCount((string)Owner!) + 7) / 8,
        _ => 0,
    };

    public static implicit operator Argument(Tensor? value) =>
        value is null ? default : new Argument(ArgumentKind.Tensor, value.Handle, value);

    public static implicit operator Argument(long value) => new(ArgumentKind.Int, value);

    public static implicit operator Argument(int value) => new(ArgumentKind.Int, value);

    public static implicit operator Argument(double value) => new(ArgumentKind.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(bool value) => new(ArgumentKind.Bool, value ? 1 : 0);

    public static implicit operator Argument(long? value) => value is { } given ? given : default(Argument);

    public static implicit operator Argument(double? value) => value is { } given ? given : default(Argument);

    public static implicit operator Argument(ScalarType value) => new(ArgumentKind.Int, (long)value);

    public static implicit operator Argument(ScalarType? value) => value is { } given ? given : default(Argument);

    public static implicit operator Argument(long[]? value) => value is null ? default : new Argument(ArgumentKind.IntList, 0, value);

    public static implicit operator Argument(string? value) => value is null ? default : new Argument(ArgumentKind.String, 0, value);

    public static implicit operator Argument(Device? value) => value is null ? default : new Argument(ArgumentKind.Device, value.Bits);

    public static implicit operator Argument(Generator? value) =>
        value is null ? default : new Argument(ArgumentKind.Generator, value.Handle, value);

    public static implicit operator Argument(Scalar? value) => value is null ? default : value.AsArgument();

    internal static Argument List(IList<Tensor> tensors) => new(ArgumentKind.TensorList, 0, tensors);

    internal static Argument OptionalList(Tensor?[] tensors) => new(ArgumentKind.OptionalTensorList, 0, tensors);

    internal static Argument Flag(bool value) => value;

    /// <summary>Writes the argument for the shim; lists go to <paramref name="pool"/>, which is moved on.</summary>
    internal unsafe void Write(NativeValue* target, ref long* pool)
    {
        target->Kind = Kind;
        target->Bits = Bits;
        target->Length = 0;
        if (Kind is not (ArgumentKind.IntList or ArgumentKind.TensorList or ArgumentKind.OptionalTensorList or ArgumentKind.String))
        {
            return;
        }

        target->Bits = (long)pool;
        switch (Owner)
        {
            case long[] numbers:
                target->Length = numbers.Length;
                numbers.CopyTo(new Span<long>(pool, numbers.Length));
                break;
            case string text:
                int room = Encoding.UTF8.GetByteCount(text);
                target->Length = Encoding.UTF8.GetBytes(text, new Span<byte>(pool, room));
                break;
            case IList<Tensor> tensors:
                target->Length = tensors.Count;
                WriteHandles(tensors, pool);
                break;
        }

        pool += Words;
    }

    private unsafe void WriteHandles(IList<Tensor> tensors, long* pool)
    {
        for (int i = 0; i < tensors.Count; i++)
        {
            Tensor? tensor = tensors[i];
            if (tensor is null && Kind != ArgumentKind.OptionalTensorList)
            {
                throw new ArgumentException($"tensor {i} of the list is null");
            }

            pool[i] = tensor is null ? 0 : tensor.Handle;
        }
    }
}
