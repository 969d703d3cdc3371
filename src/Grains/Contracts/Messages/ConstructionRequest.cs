namespace NSft.Grains.Contracts.Messages;

/// <summary>A construction job to start, or to go on with.</summary>
/// <param name="SettingsJson">What to construct from and how; paths are full, keys are not in it.</param>
/// <param name="WorkDirectory">The job's directory, which every silo reaches.</param>
/// <param name="BlockSize">Pairs of a block.</param>
/// <param name="Attempt">Names the command that asks; the same job asked for by a later command starts from its directory.</param>
/// <param name="AttemptLimit">Tries of one block before the job fails.</param>
[GenerateSerializer, Immutable, Alias("nsft.construction-request")]
public sealed record ConstructionRequest(
    [property: Id(0)] string SettingsJson,
    [property: Id(1)] string WorkDirectory,
    [property: Id(2)] int BlockSize,
    [property: Id(3)] string Attempt,
    [property: Id(4)] int AttemptLimit = ConstructionRequest.DefaultAttemptLimit)
{
    /// <summary>Tries of one block unless the caller says otherwise.</summary>
    public const int DefaultAttemptLimit = 3;
}
