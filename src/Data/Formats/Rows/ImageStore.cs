using System.Security.Cryptography;
using NSft.Collectives;
using NSft.Collectives.Files;

namespace NSft.Data.Formats.Rows;

/// <summary>Writes images that rows hold themselves to files of a folder.</summary>
/// <param name="directory">The folder; null where there is none.</param>
internal sealed class ImageStore(string? directory)
{
    private const int NameDigits = 16;

    /// <summary>Writes an image.</summary>
    /// <param name="path">Its name in the row; null where it has none.</param>
    /// <param name="bytes">An image file.</param>
    /// <returns>Its path below the folder; null when there is no folder.</returns>
    /// <exception cref="UserInputException">The folder cannot be written.</exception>
    public string? Save(string? path, ReadOnlyMemory<byte> bytes)
    {
        if (directory is null)
        {
            return null;
        }

        string digest = Convert.ToHexStringLower(SHA256.HashData(bytes.Span))[..NameDigits];
        string name = Named(path) ?? digest + Extension(bytes.Span);
        string file = Path.Combine(directory, name);
        if (File.Exists(file) && !IsSame(file, bytes.Span))
        {
            name = $"{Path.GetFileNameWithoutExtension(name)}-{digest}{Path.GetExtension(name)}";
            file = Path.Combine(directory, name);
        }

        if (!File.Exists(file))
        {
            AtomicFile.Write(file, bytes);
        }

        return name;
    }

    // Only the last part: a row must not choose a place outside the folder.
    private static string? Named(string? path)
    {
        string name = path is null ? "" : path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        const int LongestName = 120;
        return name.Length is > 0 and <= LongestName && name is not ("." or "..") && !name.Any(letter => char.IsControl(letter) || letter == ':') ? name : null;
    }

    private static string Extension(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, ..] => ".jpg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => ".png",
        [(byte)'G', (byte)'I', (byte)'F', ..] => ".gif",
        _ => ".img",
    };

    private static bool IsSame(string file, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new FileInfo(file).Length == bytes.Length && File.ReadAllBytes(file).AsSpan().SequenceEqual(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{file}: the file cannot be read", exception);
        }
    }
}
