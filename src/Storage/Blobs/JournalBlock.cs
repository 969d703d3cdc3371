namespace NSft.Storage.Blobs;

/// <summary>A block of a journal.</summary>
/// <param name="Id">Its id; null for content that another kind of write left, which is no block yet.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record JournalBlock(string? Id, long Bytes);
