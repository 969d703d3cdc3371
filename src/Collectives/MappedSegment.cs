using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace NSft.Collectives;

/// <summary>Another process's shared segment, mapped to be read. Read and disposed on one thread.</summary>
internal sealed unsafe class MappedSegment : IDisposable
{
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    private MappedSegment(SafeFileHandle file, SegmentName name)
    {
        Name = name;
        long bytes = SharedSegment.HeaderBytes + name.Bytes;
        _mapping = MemoryMappedFile.CreateFromFile(
            file, null, bytes, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _mapping.CreateViewAccessor(0, bytes, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    internal SegmentName Name { get; }

    /// <summary>What the owner's content belongs to now.</summary>
    internal long Generation
    {
        get
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            // What was read before must not be read after this.
            Interlocked.MemoryBarrier();
            return Volatile.Read(ref *(long*)(_start + SharedSegment.GenerationOffset));
        }
    }

    /// <summary>Maps a segment.</summary>
    /// <param name="name">What its owner calls it.</param>
    /// <returns>The mapping, or null when this process cannot see that memory: another host, another process namespace, another user, or gone.</returns>
    internal static MappedSegment? TryOpen(SegmentName name)
    {
        string path = $"/proc/{name.ProcessId}/fd/{name.Descriptor}";
        try
        {
            // The link is looked at before it is opened: in another namespace it may be a pipe, whose opening would wait.
            if (new FileInfo(path).LinkTarget is not { } target || !target.Contains(SharedSegment.FileName(name.Id), StringComparison.Ordinal))
            {
                return null;
            }

            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (RandomAccess.GetLength(file) < SharedSegment.HeaderBytes + name.Bytes)
            {
                return null;
            }

            var mapped = new MappedSegment(file, name);
            if (mapped.IsTheOneNamed())
            {
                return mapped;
            }

            mapped.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Bytes of the content.</summary>
    internal ReadOnlySpan<byte> Window(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Name.Bytes, nameof(length));
        return new ReadOnlySpan<byte>(_start + SharedSegment.HeaderBytes + offset, length);
    }

    public void Dispose()
    {
        if (_start is null)
        {
            return;
        }

        _start = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _mapping.Dispose();
    }

    private bool IsTheOneNamed() =>
        *(ulong*)_start == SharedSegment.Magic && new Guid(new ReadOnlySpan<byte>(_start + SharedSegment.IdOffset, 16)) == Name.Id;
}
