using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NSft.Collectives;

/// <summary>Memory that other processes of this host may map and read.</summary>
/// <remarks>
/// An anonymous file that only descriptors name: whatever ends the process, by SIGKILL too, frees it, and nothing is left on disk or in
/// <c>/dev/shm</c>. Peers open it as <c>/proc/PID/fd/FD</c>. Its pages are reserved when it is made, not in the middle of a sum. Layout: one page with <see cref="Magic"/>, id and generation, then the content.
/// </remarks>
internal sealed unsafe partial class SharedSegment : IDisposable
{
    internal const int HeaderBytes = 4096;
    internal const ulong Magic = 0x31_30_53_54_46_53_4e_21;
    internal const int IdOffset = 8;
    internal const int GenerationOffset = 64;

    private const uint CloseOnExec = 1;

    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    private SharedSegment(SafeFileHandle file, Guid id, long bytes)
    {
        _file = file;
        _mapping = MemoryMappedFile.CreateFromFile(
            file, null, HeaderBytes + bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _mapping.CreateViewAccessor(0, HeaderBytes + bytes, MemoryMappedFileAccess.ReadWrite);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        Name = new SegmentName(Environment.ProcessId, (int)file.DangerousGetHandle(), id, bytes);
        id.TryWriteBytes(new Span<byte>(_start + IdOffset, 16));
        *(ulong*)_start = Magic;
    }

    internal SegmentName Name { get; }

    /// <summary>First byte of the content; zeros at first.</summary>
    internal byte* Content => _start + HeaderBytes;

    /// <summary>Makes a segment.</summary>
    /// <param name="bytes">Bytes of content, at least 1.</param>
    /// <returns>The segment, or null where this host has none to give.</returns>
    internal static SharedSegment? TryCreate(long bytes)
    {
        // Reserving takes pages one by one: more than there are would bring other processes down before it failed.
        if (bytes >= GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
        {
            return null;
        }

        var id = Guid.NewGuid();
        SafeFileHandle? file = null;
        try
        {
            file = CreateAnonymousFile(FileName(id), CloseOnExec);
            return file.IsInvalid || Reserve(file, 0, HeaderBytes + bytes) != 0 ? Refuse(file) : new SharedSegment(file, id, bytes);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or IOException or UnauthorizedAccessException)
        {
            return Refuse(file);
        }
    }

    /// <summary>What the descriptor's link must name.</summary>
    internal static string FileName(Guid id) => $"nsft-sums-{id:N}";

    /// <summary>Tells readers that the content they were told of is about to change.</summary>
    internal void Begin(long generation)
    {
        Volatile.Write(ref *(long*)(_start + GenerationOffset), generation);
        Interlocked.MemoryBarrier();
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _mapping.Dispose();
        _file.Dispose();
    }

    private static SharedSegment? Refuse(SafeFileHandle? file)
    {
        file?.Dispose();
        return null;
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle CreateAnonymousFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Reserve(SafeFileHandle file, long offset, long length);
}
