using System.Globalization;
using Microsoft.Win32.SafeHandles;
using NSft.Collectives;

namespace NSft.Data.Parquet.Reading;

/// <summary>The bytes of a file, read from anywhere in it.</summary>
internal sealed class ParquetSource : IDisposable
{
    private readonly SafeFileHandle _handle;

    /// <summary>Opens a file.</summary>
    /// <exception cref="UserInputException">It cannot be opened.</exception>
    public ParquetSource(string path)
    {
        Path = path;
        try
        {
            _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);
            Length = RandomAccess.GetLength(_handle);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserInputException($"{path}: no such file", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UserInputException($"{path}: the file cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Path as it was given.</summary>
    public string Path { get; }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Fills a span with the bytes from an offset on.</summary>
    /// <exception cref="ParquetFormatException">The file ends before.</exception>
    /// <exception cref="UserInputException">The disk fails.</exception>
    public void Read(long offset, Span<byte> target)
    {
        try
        {
            while (!target.IsEmpty)
            {
                int count = RandomAccess.Read(_handle, target, offset);
                if (count == 0)
                {
                    throw ParquetFormatException.End("the file");
                }

                target = target[count..];
                offset += count;
            }
        }
        catch (IOException exception)
        {
            throw new UserInputException($"{Path}: the file cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The user's error for bytes that break the format.</summary>
    /// <param name="place">Column or part of the file.</param>
    /// <param name="offset">Byte of the file.</param>
    /// <param name="exception">What is wrong.</param>
    public UserInputException Fault(string place, long offset, ParquetFormatException exception) => new(
        $"{Path}: {OneLine(string.Create(CultureInfo.InvariantCulture, $"{place}, byte {offset}: {exception.Message}; {exception.Hint}"))}", exception);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    // Names in a broken schema may be anything.
    private static string OneLine(string text) => new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
