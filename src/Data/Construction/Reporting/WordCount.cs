namespace NSft.Data.Construction.Reporting;

/// <summary>How often a word occurs.</summary>
/// <param name="Word">Its base form.</param>
/// <param name="Count">Occurrences.</param>
public sealed record WordCount(string Word, int Count);
