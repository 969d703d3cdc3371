namespace NSft.Storage;

/// <summary>A small object as it was read.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Facts">What is known of it.</param>
public sealed record StoredContent(ReadOnlyMemory<byte> Content, ObjectFacts Facts);
