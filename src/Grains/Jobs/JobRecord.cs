namespace NSft.Grains.Jobs;

/// <summary>Content of <c>job.json</c>.</summary>
/// <param name="Facts">What makes the job.</param>
/// <param name="BlockSize">Pieces of work in a block; a resumed job keeps the size that it began with.</param>
internal sealed record JobRecord(JobFacts Facts, int BlockSize);
