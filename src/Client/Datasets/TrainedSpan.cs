namespace NSft.Client.Datasets;

/// <summary>A stretch of a conversation.</summary>
/// <param name="Text">What stands there.</param>
/// <param name="IsTrained">Whether it is trained on.</param>
internal sealed record TrainedSpan(string Text, bool IsTrained);
