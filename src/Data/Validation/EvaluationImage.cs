namespace NSft.Data.Validation;

/// <summary>An image that an evaluation uses.</summary>
/// <param name="File">The evaluation's file.</param>
/// <param name="CocoNumber">Its COCO number when it was found by that, else null.</param>
public sealed record EvaluationImage(string File, long? CocoNumber);
