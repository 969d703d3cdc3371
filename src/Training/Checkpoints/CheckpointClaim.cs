using System.Text.Json;

namespace NSft.Training.Checkpoints;

/// <summary>Who writes checkpoints at an address: the object that two writers meet at.</summary>
/// <param name="Attempt">The checkpoint that was begun last.</param>
/// <param name="Previous">The one begun before it; null for none. Its writer may be at its last file still.</param>
internal sealed record CheckpointClaim(string Attempt, string? Previous)
{
    /// <summary>Name of the object.</summary>
    internal const string ObjectName = "writer.json";

    /// <summary>The claim that follows one.</summary>
    internal static CheckpointClaim After(CheckpointClaim? last) => new(Guid.NewGuid().ToString("N"), last?.Attempt);

    /// <summary>Reads a claim; one that is damaged protects nobody.</summary>
    internal static CheckpointClaim? Parse(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize<CheckpointClaim>(content, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    /// <summary>Whether a checkpoint may be under way.</summary>
    internal bool Protects(string attempt) => attempt == Attempt || attempt == Previous;
}
