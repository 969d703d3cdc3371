namespace NSft.Data.Chat;

/// <summary>A message of a chat.</summary>
/// <param name="Role">Who says it.</param>
/// <param name="Text">What is said.</param>
/// <param name="ImagePath">Image file that goes with it, or null.</param>
public sealed record ChatMessage(ChatRole Role, string Text, string? ImagePath = null);
