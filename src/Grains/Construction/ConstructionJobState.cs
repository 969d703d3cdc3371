using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Construction;

/// <summary>What a job's coordinator needs to go on elsewhere; all else is in the job's directory. Ids are explicit and append only.</summary>
[GenerateSerializer, Alias("nsft.construction-job-state")]
internal sealed class ConstructionJobState
{
    /// <summary>What was asked last; null before anything was.</summary>
    [Id(0)]
    public ConstructionRequest? Request { get; set; }

    /// <summary>How the job ended; <see cref="RunPhase.None"/> while it has not.</summary>
    [Id(1)]
    public RunPhase End { get; set; }

    /// <summary>Why it failed.</summary>
    [Id(2)]
    public Failure? Failure { get; set; }
}
