using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace NSft.Model;

/// <summary>Memory held by tensors in this process.</summary>
/// <remarks>Byte counts come from the embedded tensor library; the real package has none, and they are null there.</remarks>
public static class TensorMemory
{
    private const string LibraryName = "nsft_torch";
    private static readonly Lazy<IntPtr> Library = new(Open);

    /// <summary>Live tensor handles of all threads.</summary>
    public static long LiveTensorCount => Tensor.TotalCount;

    /// <summary>Bytes that tensors hold on the CPU now, or null when not counted.</summary>
    public static long? AllocatedBytes => Call("nsft_allocated_bytes");

    /// <summary>Largest <see cref="AllocatedBytes"/> since the start or the last <see cref="ResetPeak"/>, or null.</summary>
    public static long? PeakBytes => Call("nsft_peak_bytes");

    /// <summary>Starts a new peak at what is allocated now.</summary>
    public static unsafe void ResetPeak()
    {
        if (Library.Value != 0 && NativeLibrary.TryGetExport(Library.Value, "nsft_reset_peak", out IntPtr address))
        {
            ((delegate* unmanaged<void>)address)();
        }
    }

    private static unsafe long? Call(string export) =>
        Library.Value != 0 && NativeLibrary.TryGetExport(Library.Value, export, out IntPtr address)
            ? ((delegate* unmanaged<long>)address)()
            : null;

    private static IntPtr Open() =>
        NativeLibrary.TryLoad(LibraryName, typeof(Tensor).Assembly, null, out IntPtr handle) ? handle : 0;
}
