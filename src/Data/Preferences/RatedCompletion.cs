namespace NSft.Data.Preferences;

/// <summary>An answer with its rating.</summary>
/// <param name="Text">The answer.</param>
/// <param name="Rating">How good it is; null where the judge gave no valid rating.</param>
/// <param name="Rationale">What the judge said, or null.</param>
public sealed record RatedCompletion(string Text, HelpSteerRating? Rating, string? Rationale = null);
