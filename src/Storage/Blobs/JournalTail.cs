namespace NSft.Storage.Blobs;

/// <summary>What a journal consists of.</summary>
/// <param name="ETag">Its state; null when it is not there.</param>
/// <param name="Blocks">Its blocks in order.</param>
internal sealed record JournalTail(string? ETag, IReadOnlyList<JournalBlock> Blocks)
{
    /// <summary>A journal that is not there.</summary>
    internal static JournalTail None { get; } = new(null, []);

    /// <summary>Its size.</summary>
    internal long Bytes { get; } = Blocks.Sum(block => block.Bytes);
}
