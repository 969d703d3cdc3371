using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static string __version__ => Marshal.PtrToStringUTF8(Native.nsft_version()) ?? string.Empty;

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.OfThread.Innermost;

    /// <summary>Begins a scope of this thread: tensors made until its end are freed there, unless moved or detached.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.OfThread.Begin();

    public static IDisposable no_grad() => new GradientMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradientMode(mode);

    public static bool is_grad_enabled() => Native.nsft_grad_enabled() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Native.nsft_inference_enabled() != 0;

    /// <summary>Threads of one operator on the calling thread (and, in OpenBLAS, of the process).</summary>
    public static void set_num_threads(int num) => Native.nsft_set_num_threads(num);

    public static int get_num_threads() => Native.nsft_get_num_threads();

    public static void set_num_interop_threads(int num) => Native.nsft_set_num_interop_threads(num);

    public static int get_num_interop_threads() => Native.nsft_get_num_interop_threads();

    public static Generator manual_seed(long seed)
    {
        Native.nsft_manual_seed(unchecked((ulong)seed));
        return Generator.Default;
    }

    public static bool cuda_is_available() => cuda.is_available();

    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    public static bool is_floating_point(Tensor input) => input.is_floating_point();

    public static bool is_integral(ScalarType type) =>
        type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

    public static class cuda
    {
        public static bool is_available() => Native.nsft_cuda_is_available() != 0;

        public static int device_count() => Native.nsft_cuda_device_count();

        public static void synchronize(Device? device = null) => Native.Check(Native.nsft_cuda_synchronize(device?.index ?? -1));
    }

    public static class backends
    {
        public static class cuda
        {
            public static class matmul
            {
                private static bool s_allowTf32;

                public static bool allow_tf32
                {
                    get => s_allowTf32;
                    set
                    {
                        s_allowTf32 = value;
                        Native.nsft_set_allow_tf32(value ? 1 : 0);
                    }
                }
            }
        }
    }
}
