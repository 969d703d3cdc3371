namespace NSft.Evaluation.Chair;

/// <summary>A place in a caption that names an object.</summary>
/// <param name="Kind">The kind named.</param>
/// <param name="Start">Index of the first letter.</param>
/// <param name="Length">Length in characters.</param>
public readonly record struct ObjectMention(string Kind, int Start, int Length);
