namespace NSft.Grains.Jobs;

/// <summary>A finished block.</summary>
/// <param name="Lines">Its results, one JSON value each.</param>
/// <param name="Tally">What the job adds up over its blocks, as JSON.</param>
internal sealed record BlockContent(IReadOnlyList<string> Lines, string Tally);
