using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    private static readonly long[] NoDimensions = [];

    internal static unsafe Tensor Copied<T>(ReadOnlySpan<T> data, ReadOnlySpan<long> sizes, ScalarType? dtype, Device? device, bool required, string[]? names = null)
        where T : unmanaged
    {
        fixed (T* from = data)
        {
            fixed (long* shape = sizes)
            {
                nint handle = Native.nsft_tensor_from_data(from, (long)data.Length * sizeof(T), (int)ElementType.Of<T>(), shape, sizes.Length);
                Tensor made = handle != 0 ? new Tensor(handle) : throw Native.Failure();
                return Made(Converted(made, dtype, device), required, names);
            }
        }
    }

    private static Tensor Number<T>(T value, ScalarType? dtype, Device? device, bool required)
        where T : unmanaged => Copied(new ReadOnlySpan<T>(in value), NoDimensions, dtype, device, required);

    private static Tensor Converted(Tensor made, ScalarType? dtype, Device? device)
    {
        if ((dtype is null || dtype == made.dtype) && (device is null || device.type == DeviceType.CPU))
        {
            return made;
        }

        return made.to(dtype ?? made.dtype, device ?? CPU, disposeAfter: true);
    }

    // A rectangular array's elements lie in row-major order, as a tensor's do.
    private static Tensor Rectangle<T>(Array array, ScalarType? dtype, Device? device, bool required, string[]? names)
        where T : unmanaged
    {
        long[] sizes = new long[array.Rank];
        for (int dim = 0; dim < sizes.Length; dim++)
        {
            sizes[dim] = array.GetLongLength(dim);
        }

        ref T first = ref Unsafe.As<byte, T>(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array));
        return Copied(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref first, array.Length), sizes, dtype, device, required, names);
    }

    private static T[] Elements<T>(IList<T> list) => list as T[] ?? [.. list];
}
