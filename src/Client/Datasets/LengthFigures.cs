namespace NSft.Client.Datasets;

/// <summary>What a report says of lengths.</summary>
internal sealed record LengthFigures(long Count, double Mean, int Least, int P5, int Median, int P95, int P99, int Most);
