using NSft.Data.Sampling;

namespace NSft.Client.Preferences;

/// <summary>Two answers to compare.</summary>
/// <param name="Prompt">The prompt with its true answer.</param>
/// <param name="First">The first answer.</param>
/// <param name="Second">The second answer.</param>
internal sealed record Contest(CompletionRow Prompt, string First, string Second);
