namespace NSft.Grains.Jobs;

/// <summary>What a job directory holds already.</summary>
/// <param name="Done">Blocks that are done.</param>
/// <param name="Damaged">Block files that are not as they were written; they are removed and their blocks done again.</param>
internal sealed record JobScan(IReadOnlyList<int> Done, IReadOnlyList<string> Damaged);
