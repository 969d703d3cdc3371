namespace NSft.Data.Chat.OpenAi;

/// <summary>Makes image files into data URLs.</summary>
internal static class ImageData
{
    private const long LargestFile = 20 << 20;

    private static readonly (byte[] Start, string Type)[] Types =
    [
        ([0xFF, 0xD8, 0xFF], "image/jpeg"), ([0x89, (byte)'P', (byte)'N', (byte)'G'], "image/png"), ("GIF8"u8.ToArray(), "image/gif"), ("RIFF"u8.ToArray(), "image/webp"),
    ];

    /// <summary>The data URL of a file.</summary>
    /// <exception cref="ChatException">The file cannot be read, is too large or is no JPEG, PNG, GIF or WebP.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            long length = new FileInfo(path).Length;
            if (length > LargestFile)
            {
                throw Refused(path, $"the image is larger than {LargestFile >> 20} MiB");
            }

            byte[] content = await File.ReadAllBytesAsync(path, cancellationToken);
            string? type = Types.FirstOrDefault(entry => content.AsSpan().StartsWith(entry.Start)).Type;
            return type is null ? throw Refused(path, "the file is no JPEG, PNG, GIF or WebP") : $"data:{type};base64,{Convert.ToBase64String(content)}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Refused(path, "the image cannot be read", exception);
        }
    }

    private static ChatException Refused(string path, string reason, Exception? cause = null) =>
        new(ChatFailureKind.Refused, $"{path}: {reason}", innerException: cause);
}
