namespace NSft.Grains.Contracts.Messages;

/// <summary>What a sampling job is to do. Its work directory has been opened and holds the record of the job.</summary>
/// <param name="RunId">Tells apart the runs of a job that is given up and started again.</param>
/// <param name="SettingsJson">The settings, as JSON.</param>
/// <param name="WorkDirectory">Full path of the work directory.</param>
/// <param name="BlockBatches">Batches of a block.</param>
/// <param name="DataHash">SHA-256 of the data file.</param>
/// <param name="AttemptLimit">Tries of a block before the job fails.</param>
[GenerateSerializer, Immutable, Alias("nsft.sampling-request")]
public sealed record SamplingRequest(
    [property: Id(0)] string RunId,
    [property: Id(1)] string SettingsJson,
    [property: Id(2)] string WorkDirectory,
    [property: Id(3)] int BlockBatches,
    [property: Id(4)] string DataHash,
    [property: Id(5)] int AttemptLimit = SamplingRequest.DefaultAttemptLimit)
{
    /// <summary>Tries of a block unless asked otherwise.</summary>
    public const int DefaultAttemptLimit = 3;
}
