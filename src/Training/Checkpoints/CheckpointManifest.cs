using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NSft.Collectives;
using NSft.Collectives.Files;

namespace NSft.Training.Checkpoints;

/// <summary>What a checkpoint holds: the file that is written last. With the options it is all that a run needs to go on.</summary>
public sealed record CheckpointManifest
{
    /// <summary>File name within a checkpoint's folder.</summary>
    public const string FileName = "manifest.json";

    private const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <summary>Version of this form.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Number of steps that the state has seen, and so the next step.</summary>
    public required int Step { get; init; }

    /// <summary>The run's plan hash: a checkpoint goes on with the same options, data and initial weights only.</summary>
    public required string PlanHash { get; init; }

    /// <summary>Hash of the flat vector's layout.</summary>
    public required string LayoutHash { get; init; }

    /// <summary>The run's options, JSON.</summary>
    [JsonPropertyName("options")]
    [JsonConverter(typeof(RawJsonConverter))]
    public required string OptionsJson { get; init; }

    /// <summary>Exponents that the next step starts with; null for float sums.</summary>
    public required int[]? NextExponents { get; init; }

    /// <summary>The files.</summary>
    public required CheckpointFile[] Files { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>SHA-256 over this manifest with an empty hash, lower-case hexadecimal.</summary>
    public string Hash { get; init; } = string.Empty;

    /// <summary>Reads a checkpoint's manifest.</summary>
    /// <param name="directory">The checkpoint's folder.</param>
    /// <exception cref="UserInputException">It is missing, damaged or of another form.</exception>
    public static CheckpointManifest Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            return Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: the checkpoint's manifest cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a checkpoint's manifest.</summary>
    /// <param name="path">Where it is, for messages.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="UserInputException">It is damaged or of another form.</exception>
    internal static CheckpointManifest Parse(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            CheckpointManifest manifest = JsonSerializer.Deserialize<CheckpointManifest>(content, Json)
                ?? throw new UserInputException($"{path}: the checkpoint's manifest is empty");
            if (manifest.Format != CurrentFormat)
            {
                throw new UserInputException($"{path}: the checkpoint has form {manifest.Format}; this program reads form {CurrentFormat}");
            }

            return manifest.Hash == manifest.ComputeHash()
                ? manifest
                : throw new UserInputException($"{path}: the checkpoint's manifest is damaged: its hash does not fit its content");
        }
        catch (JsonException exception)
        {
            throw new UserInputException($"{path}: the checkpoint's manifest is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the manifest with its hash.</summary>
    internal void Write(string directory) => AtomicFile.Write(Path.Combine(directory, FileName), ToBytes());

    /// <summary>The manifest with its hash, as it is stored.</summary>
    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this with { Hash = ComputeHash() }, Json);

    /// <summary>What a store keeps of a manifest: the files that hold bytes, in the order of their elements.</summary>
    internal CheckpointManifest WithoutEmptyFiles() => this with { Files = [.. Files.Where(file => file.Bytes > 0).OrderBy(file => file.Range.Offset)] };

    /// <summary>Throws unless a run of a plan can go on from files that are as this says.</summary>
    /// <param name="place">Where the checkpoint is, for messages.</param>
    /// <param name="planHash">The plan; null for any.</param>
    internal void EnsureUsable(string place, string? planHash)
    {
        if (planHash is not null && PlanHash != planHash)
        {
            throw new UserInputException($"{place}: the checkpoint belongs to a run with other options, data or initial weights");
        }

        EnsureGapless(place);
    }

    /// <summary>Throws unless the files hold every element from 0 on once.</summary>
    internal void EnsureGapless(string directory)
    {
        long next = 0;
        foreach (CheckpointFile file in Files.OrderBy(file => file.Range.Offset))
        {
            if (Path.GetFileName(file.Name) != file.Name)
            {
                throw new UserInputException($"{directory}: the checkpoint names a file outside of its folder: {file.Name}");
            }

            if (file.Range.Length == 0)
            {
                continue;
            }

            if (file.Range.Offset != next || file.Bytes != file.Range.Length * CheckpointPart.BytesPerElement)
            {
                throw new UserInputException($"{directory}: the checkpoint is not whole: {file.Name} does not begin at element {next}");
            }

            next = file.Range.End;
        }
    }

    private string ComputeHash() =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this with { Hash = string.Empty }, Json))));
}
