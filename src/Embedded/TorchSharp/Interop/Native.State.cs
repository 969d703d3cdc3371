using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int nsft_tensor_requires_grad(nint handle);

    [LibraryImport(Library)]
    internal static partial int nsft_tensor_set_requires_grad(nint handle, int required);

    [LibraryImport(Library)]
    internal static partial int nsft_tensor_is_leaf(nint handle);

    [LibraryImport(Library)]
    internal static partial int nsft_tensor_retain_grad(nint handle);

    [LibraryImport(Library)]
    internal static partial nint nsft_tensor_grad(nint handle);

    [LibraryImport(Library)]
    internal static partial int nsft_tensor_set_grad(nint handle, nint gradient);

    [LibraryImport(Library)]
    internal static partial int nsft_backward(nint* outputs, int outputCount, nint* gradients, int gradientCount, nint* inputs, int inputCount, int retainGraph, int createGraph);

    [LibraryImport(Library)]
    internal static partial int nsft_grad(nint* outputs, int outputCount, nint* inputs, int inputCount, nint* gradients, int gradientCount, int retainGraph, int createGraph, int allowUnused, nint* into);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int nsft_grad_enabled();

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void nsft_set_grad_enabled(int enabled);

    [LibraryImport(Library)]
    internal static partial nint nsft_inference_enter(int enabled);

    [LibraryImport(Library)]
    internal static partial void nsft_inference_leave(nint guard);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int nsft_inference_enabled();

    [LibraryImport(Library)]
    internal static partial void nsft_set_num_threads(int count);

    [LibraryImport(Library)]
    internal static partial int nsft_get_num_threads();

    [LibraryImport(Library)]
    internal static partial void nsft_set_num_interop_threads(int count);

    [LibraryImport(Library)]
    internal static partial int nsft_get_num_interop_threads();

    [LibraryImport(Library)]
    internal static partial int nsft_cuda_is_available();

    [LibraryImport(Library)]
    internal static partial int nsft_cuda_device_count();

    [LibraryImport(Library)]
    internal static partial int nsft_cuda_synchronize(long index);

    [LibraryImport(Library)]
    internal static partial nint nsft_version();

    [LibraryImport(Library)]
    internal static partial void nsft_set_allow_tf32(int allow);

    [LibraryImport(Library)]
    internal static partial void nsft_manual_seed(ulong seed);

    [LibraryImport(Library)]
    internal static partial nint nsft_generator_new(long device, ulong seed);

    [LibraryImport(Library)]
    internal static partial nint nsft_generator_default();

    [LibraryImport(Library)]
    internal static partial void nsft_generator_free(nint generator);

    [LibraryImport(Library)]
    internal static partial void nsft_generator_manual_seed(nint generator, ulong seed);

    [LibraryImport(Library)]
    internal static partial ulong nsft_generator_seed(nint generator);

    [LibraryImport(Library)]
    internal static partial nint nsft_generator_get_state(nint generator);

    [LibraryImport(Library)]
    internal static partial int nsft_generator_set_state(nint generator, nint state);
}
