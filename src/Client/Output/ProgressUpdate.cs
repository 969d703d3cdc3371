namespace NSft.Client.Output;

/// <summary>How far a piece of work is.</summary>
/// <param name="Done">Units finished.</param>
/// <param name="Total">Units in all; 0 while nobody knows.</param>
/// <param name="Note">What to show beside the bar, such as the loss; null for nothing.</param>
internal readonly record struct ProgressUpdate(long Done, long Total, string? Note = null);
