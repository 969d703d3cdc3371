using System.Runtime.InteropServices;
using NSft.Collectives;

namespace NSft.Model.Images;

/// <summary>The functions of libturbojpeg that decoding needs.</summary>
internal sealed unsafe class TurboJpeg
{
    private static readonly string[] Names = ["libturbojpeg.so.0", "libturbojpeg.so", "libturbojpeg.dylib", "turbojpeg"];
    private static readonly Lazy<TurboJpeg?> Loaded = new(Load);

    private readonly delegate* unmanaged[Cdecl]<nint> _initDecompress;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, CULong, int*, int*, int*, int*, int> _decompressHeader;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, CULong, byte*, int, int, int, int, int, int> _decompress;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _destroy;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*> _errorText;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _errorCode;

    private TurboJpeg(nint library)
    {
        _initDecompress = (delegate* unmanaged[Cdecl]<nint>)NativeLibrary.GetExport(library, "tjInitDecompress");
        _decompressHeader = (delegate* unmanaged[Cdecl]<nint, byte*, CULong, int*, int*, int*, int*, int>)NativeLibrary.GetExport(library, "tjDecompressHeader3");
        _decompress = (delegate* unmanaged[Cdecl]<nint, byte*, CULong, byte*, int, int, int, int, int, int>)NativeLibrary.GetExport(library, "tjDecompress2");
        _destroy = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "tjDestroy");
        _errorText = (delegate* unmanaged[Cdecl]<nint, byte*>)NativeLibrary.GetExport(library, "tjGetErrorStr2");
        _errorCode = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "tjGetErrorCode");
    }

    /// <summary>The library of this machine.</summary>
    /// <exception cref="UserInputException">It is not installed.</exception>
    public static TurboJpeg Instance
        => Loaded.Value ?? throw new UserInputException("libturbojpeg is not installed, so JPEG images cannot be read (Debian: apt-get install libturbojpeg0).");

    public nint InitDecompress() => _initDecompress();

    public int DecompressHeader(nint handle, byte* file, int bytes, out int width, out int height, out int colorSpace)
    {
        int foundWidth = 0, foundHeight = 0, subsampling = 0, foundColorSpace = -1;
        int result = _decompressHeader(handle, file, new CULong((uint)bytes), &foundWidth, &foundHeight, &subsampling, &foundColorSpace);
        (width, height, colorSpace) = (foundWidth, foundHeight, foundColorSpace);
        return result;
    }

    public int Decompress(nint handle, byte* file, int bytes, byte* pixels, int width, int height, int pixelFormat, int flags)
        => _decompress(handle, file, new CULong((uint)bytes), pixels, width, 0, height, pixelFormat, flags);

    public void Destroy(nint handle) => _ = _destroy(handle);

    public string ErrorText(nint handle) => (Marshal.PtrToStringUTF8((nint)_errorText(handle)) ?? "").ReplaceLineEndings(" ");

    public int ErrorCode(nint handle) => _errorCode(handle);

    private static TurboJpeg? Load()
    {
        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                return new TurboJpeg(library);
            }
        }

        return null;
    }
}
