namespace NSft.Data.Formats;

/// <summary>An image of a row: a path, or the bytes of an image file, or both.</summary>
/// <param name="Path">Path relative to the image directory; null when only bytes are known.</param>
/// <param name="Bytes">Content of a JPEG or PNG file that the row holds itself; null when it lies in a file.</param>
public sealed record DatasetImage(string? Path, ReadOnlyMemory<byte>? Bytes);
