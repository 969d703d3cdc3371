using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NSft.Collectives.Files;

namespace NSft.Grains.Jobs;

/// <summary>A block's results as JSON lines; the last line counts and hashes the others, so that a damaged file is known.</summary>
internal static class BlockFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>Writes a block whole or not at all.</summary>
    internal static void Write(string path, BlockContent content)
    {
        var text = new StringBuilder();
        foreach (var line in content.Lines)
        {
            text.Append(line).Append('\n');
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        using var tally = JsonDocument.Parse(content.Tally);
        var seal = new Seal(content.Lines.Count, Convert.ToHexStringLower(SHA256.HashData(bytes)), tally.RootElement);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(bytes);
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(seal, Format));
            stream.Write("\n"u8);
        });
    }

    /// <summary>Reads a block, or nothing when the file is not as it was written.</summary>
    internal static BlockContent? Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (IOException)
        {
            return null;
        }

        if (bytes.Length == 0 || bytes[^1] != '\n')
        {
            return null;
        }

        var end = bytes.AsSpan(0, bytes.Length - 1).LastIndexOf((byte)'\n') + 1;
        try
        {
            var seal = JsonSerializer.Deserialize<Seal>(bytes.AsSpan(end), Format);
            if (seal?.Sha256 != Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, end))))
            {
                return null;
            }

            var lines = Encoding.UTF8.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return lines.Length == seal.Lines ? new BlockContent(lines, seal.Tally.GetRawText()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Seal(int Lines, string Sha256, JsonElement Tally);
}
