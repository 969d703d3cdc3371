using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: InternalsVisibleTo("NSft.Embedded.TorchSharp.Tests")]
[assembly: DisableRuntimeMarshalling]

namespace TorchSharp;

/// <summary>The exports of libnsft_torch.so; what they do is said beside their definitions in native/.</summary>
internal static unsafe partial class Native
{
    private const string Library = "nsft_torch";

    [LibraryImport(Library)]
    private static partial nint nsft_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint nsft_operator(string name, string overload);

    [LibraryImport(Library)]
    internal static partial nint nsft_call(nint op, NativeValue* values, int count);

    [LibraryImport(Library)]
    internal static partial int nsft_call_in_place(nint op, NativeValue* values, int count);

    [LibraryImport(Library)]
    internal static partial int nsft_call_many(nint op, NativeValue* values, int count, nint** handles, int* produced);

    [LibraryImport(Library)]
    internal static partial void nsft_tensor_free(nint handle);

    [LibraryImport(Library)]
    internal static partial nint nsft_tensor_share(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long nsft_tensor_dim(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long nsft_tensor_numel(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int nsft_tensor_dtype(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long nsft_tensor_item_size(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long nsft_tensor_device(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void nsft_tensor_sizes(nint handle, long* into);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void nsft_tensor_strides(nint handle, long* into);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long nsft_tensor_storage_offset(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int nsft_tensor_is_contiguous(nint handle);

    [LibraryImport(Library)]
    internal static partial nint nsft_tensor_data(nint handle);

    [LibraryImport(Library)]
    internal static partial nint nsft_tensor_from_data(void* data, long bytes, int dtype, long* sizes, int dims);

    [LibraryImport(Library)]
    internal static partial int nsft_tensor_item(nint handle, double* asDouble, long* asInt);

    [LibraryImport(Library)]
    internal static partial nint nsft_attention(nint query, nint key, nint value, nint mask, int causal);

    /// <summary>The error of this thread's last failed call.</summary>
    internal static ExternalException Failure() =>
        new((Marshal.PtrToStringUTF8(nsft_error()) ?? string.Empty).TrimEnd());

    internal static void Check(int code)
    {
        if (code != 0)
        {
            throw Failure();
        }
    }
}
