using System.IO.MemoryMappedFiles;
using NSft.Collectives;

namespace NSft.Model.Serialization;

/// <summary>One safetensors file, checked and mapped into memory: tensors are read where they lie. Reading is safe from any thread.</summary>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    private SafetensorsFile(string path, FileStream stream, SafetensorsHeader header)
    {
        FilePath = path;
        Entries = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        Metadata = header.Metadata;
        _map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _start = pointer + _view.PointerOffset;
    }

    /// <summary>Path of the file.</summary>
    public string FilePath { get; }

    /// <summary>Every tensor by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Entries { get; }

    /// <summary>The header's free text pairs.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens and checks a file.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <exception cref="UserInputException">The file is missing, truncated or damaged; the message says how.</exception>
    public static SafetensorsFile Open(string path)
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            SafetensorsHeader header = SafetensorsHeader.Read(stream, path);
            return new SafetensorsFile(path, stream, header);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserInputException($"{path}: the file is missing.", error);
        }
        catch (Exception error)
        {
            stream?.Dispose();
            if (error is IOException or UnauthorizedAccessException)
            {
                throw new UserInputException($"{path}: cannot be read: {error.Message}", error);
            }

            throw;
        }
    }

    /// <summary>The bytes of a tensor, little-endian, valid until this object is disposed.</summary>
    /// <param name="entry">An entry of this file of less than 2 GiB.</param>
    public ReadOnlySpan<byte> Bytes(TensorEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Slice(entry, 0, checked((int)entry.ByteCount));
    }

    /// <summary>Copies part of a tensor's bytes, for tensors of any size.</summary>
    /// <param name="entry">An entry of this file.</param>
    /// <param name="start">First byte, counted from the tensor's first.</param>
    /// <param name="destination">Filled whole.</param>
    public void Read(TensorEntry entry, long start, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Slice(entry, start, destination.Length).CopyTo(destination);
    }

    /// <summary>Copies a whole tensor.</summary>
    /// <param name="entry">An entry of this file.</param>
    /// <param name="destination">Exactly <see cref="TensorEntry.ByteCount"/> long.</param>
    public void Read(TensorEntry entry, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)destination.Length, entry.ByteCount, nameof(destination));
        Read(entry, 0, destination);
    }

    /// <summary>Unmaps the file.</summary>
    public void Dispose()
    {
        if (_start is not null)
        {
            _start = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _map.Dispose();
        }
    }

    private ReadOnlySpan<byte> Slice(TensorEntry entry, long start, int count)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        if (!ReferenceEquals(entry, Entries.GetValueOrDefault(entry.Name)))
        {
            throw new ArgumentException($"Tensor '{entry.Name}' is not of {FilePath}.", nameof(entry));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, entry.ByteCount - count);
        return new ReadOnlySpan<byte>(_start + entry.Offset + start, count);
    }
}
