using System.Globalization;
using System.Security.Cryptography;
using NSft.Collectives;
using NSft.Collectives.Files;

namespace NSft.Training.Checkpoints;

/// <summary>Writes and reads the files of a checkpoint that hold state.</summary>
public static class CheckpointPartFile
{
    private const int ChunkBytes = 4 << 20;

    /// <summary>Writes a part, flushed to the disk and whole or not at all, and lets its memory go. On any thread.</summary>
    /// <param name="stagingDirectory">An existing folder, from <see cref="FolderCheckpointStore.Begin"/>.</param>
    /// <param name="part">The part; disposed here.</param>
    /// <returns>The manifest's entry.</returns>
    /// <exception cref="UserInputException">The place cannot be written: the disk is full, read-only or gone.</exception>
    public static CheckpointFile Write(string stagingDirectory, CheckpointPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        using (part)
        {
            RequireFolder(stagingDirectory);
            string name = string.Create(CultureInfo.InvariantCulture, $"state-{part.Range.Offset:D12}.bin");
            if (part.Bytes == 0)
            {
                return new CheckpointFile(name, part.Range, 0, Convert.ToHexStringLower(SHA256.HashData([])));
            }

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            AtomicFile.Write(Path.Combine(stagingDirectory, name), stream =>
            {
                for (long at = 0; at < part.Bytes; at += ChunkBytes)
                {
                    ReadOnlySpan<byte> chunk = part.Window(at, (int)Math.Min(ChunkBytes, part.Bytes - at));
                    hash.AppendData(chunk);
                    stream.Write(chunk);
                }
            });
            return new CheckpointFile(name, part.Range, part.Bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
    }

    /// <summary>Writes a file that goes with a checkpoint and holds no state, such as the log of the steps before it.</summary>
    /// <param name="stagingDirectory">An existing folder, from <see cref="FolderCheckpointStore.Begin"/>.</param>
    /// <param name="name">File name.</param>
    /// <param name="content">The content; not empty.</param>
    /// <returns>The manifest's entry.</returns>
    /// <exception cref="UserInputException">The place cannot be written.</exception>
    public static CheckpointFile WriteCompanion(string stagingDirectory, string name, ReadOnlyMemory<byte> content)
    {
        ArgumentOutOfRangeException.ThrowIfZero(content.Length, nameof(content));
        RequireFolder(stagingDirectory);
        AtomicFile.Write(Path.Combine(stagingDirectory, name), content);
        return new CheckpointFile(name, default, content.Length, Convert.ToHexStringLower(SHA256.HashData(content.Span)));
    }

    /// <summary>Reads a part's state; the hash is known at the end only.</summary>
    /// <param name="directory">The checkpoint's folder.</param>
    /// <param name="file">The manifest's entry.</param>
    /// <param name="write">Takes the state, block by block.</param>
    /// <exception cref="UserInputException">The file is missing or damaged.</exception>
    internal static void Read(string directory, CheckpointFile file, StateWriter write)
    {
        var buffer = new byte[GradientLayout.BlockLength * CheckpointPart.BytesPerElement];
        ReadHashed(directory, file, (stream, hash) =>
        {
            foreach (ElementRange block in CheckpointPart.Blocks(file.Range))
            {
                Span<byte> bytes = buffer.AsSpan(0, (int)block.Length * CheckpointPart.BytesPerElement);
                stream.ReadExactly(bytes);
                hash.AppendData(bytes);
                write(block, bytes);
            }
        });
    }

    /// <summary>Throws unless a file is as its manifest says.</summary>
    /// <exception cref="UserInputException">The file is missing or damaged.</exception>
    internal static void Verify(string directory, CheckpointFile file)
    {
        var buffer = new byte[ChunkBytes];
        ReadHashed(directory, file, (stream, hash) =>
        {
            for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                hash.AppendData(buffer, 0, read);
            }
        });
    }

    private static void RequireFolder(string stagingDirectory)
    {
        if (!Directory.Exists(stagingDirectory))
        {
            throw new UserInputException($"{stagingDirectory}: the checkpoint's folder does not exist (any more)");
        }
    }

    private static void ReadHashed(string directory, CheckpointFile file, Action<Stream, IncrementalHash> read)
    {
        string path = Path.Combine(directory, file.Name);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            if (stream.Length != file.Bytes)
            {
                throw new UserInputException(string.Create(
                    CultureInfo.InvariantCulture, $"{path}: the checkpoint's file has {stream.Length} bytes instead of {file.Bytes}"));
            }

            read(stream, hash);
            if (Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
            {
                throw new UserInputException($"{path}: the checkpoint's file is damaged: its SHA-256 is not the manifest's");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: the checkpoint's file cannot be read: {exception.Message}", exception);
        }
    }
}
