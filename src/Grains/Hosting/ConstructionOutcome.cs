using NSft.Data.Construction;
using NSft.Data.Construction.Reporting;

namespace NSft.Grains.Hosting;

/// <summary>A completed construction job.</summary>
/// <param name="Record">The result in numbers, and what it was made of; also in the file beside the result.</param>
/// <param name="Duration">Time from the request to the written result.</param>
public sealed record ConstructionOutcome(ConstructionRecord Record, TimeSpan Duration)
{
    /// <summary>The result in numbers.</summary>
    public ConstructionSummary Summary => Record.Summary;

    /// <summary>The first rows of the data that cannot be used, one line each; the summary counts all.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Leases of blocks that came to nothing: their silo died or their task failed.</summary>
    public int RetriedBlocks { get; init; }

    /// <summary>Block files of an earlier command that were damaged and done again.</summary>
    public IReadOnlyList<string> DamagedBlocks { get; init; } = [];

    /// <summary>Silos that constructed a block.</summary>
    public IReadOnlyList<string> Silos { get; init; } = [];

    /// <summary>File of the pairs that could not be answered; null when there are none.</summary>
    public string? DeadLetterPath { get; init; }

    /// <summary>The job's directory, kept so that dead letters can be tried again; null when it was removed.</summary>
    public string? WorkDirectory { get; init; }
}
