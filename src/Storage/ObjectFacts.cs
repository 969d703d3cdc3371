namespace NSft.Storage;

/// <summary>What is known of a stored object.</summary>
/// <param name="Name">Its name under the store's root, parts separated by <c>/</c>.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ETag">Changes with every write; for <see cref="WriteCondition.IfMatch"/>.</param>
/// <param name="Sha256">SHA-256 of the content, lower-case hexadecimal; null when its writer did not say; folders keep none, so only a write's answer has it there.</param>
/// <param name="ChangedAt">When it was written.</param>
public sealed record ObjectFacts(string Name, long Bytes, string ETag, string? Sha256, DateTimeOffset ChangedAt);
