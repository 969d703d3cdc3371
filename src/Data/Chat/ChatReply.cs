namespace NSft.Data.Chat;

/// <summary>What a chat model answered.</summary>
/// <param name="Text">The answer.</param>
/// <param name="Model">Model that the server says it used.</param>
/// <param name="IsTruncated">Whether the answer was cut at the longest allowed.</param>
/// <param name="Usage">What it took; for an answer out of the store one stored answer and no tokens.</param>
public sealed record ChatReply(string Text, string Model, bool IsTruncated, ChatUsage Usage);
