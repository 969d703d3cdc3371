using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>One argument as the shim reads it: <c>nsft::Value</c> in native/nsft_torch.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    public ArgumentKind Kind;
    public int Length;
    public long Bits;
}
