namespace NSft.Evaluation.Chair;

/// <summary>A word of a caption.</summary>
/// <param name="Text">Lower-case letters and digits.</param>
/// <param name="Start">Index of its first letter in the caption.</param>
/// <param name="JoinsPrevious">True when only spaces or a hyphen stand between it and the word before, so both may be one name.</param>
internal readonly record struct MentionWord(string Text, int Start, bool JoinsPrevious);
