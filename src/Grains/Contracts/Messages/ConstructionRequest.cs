namespace NSft.Grains.Contracts.Messages;

/// <summary>A construction job to start.</summary>
/// <param name="Dataset">The preference pairs.</param>
/// <param name="OptionsJson">The constructor's options.</param>
/// <param name="BlockSize">Pairs in one task.</param>
/// <param name="AttemptLimit">Tries of one block before the job fails.</param>
[GenerateSerializer, Immutable, Alias("nsft.construction-request")]
public sealed record ConstructionRequest(
    [property: Id(0)] DatasetRequest Dataset,
    [property: Id(1)] string OptionsJson,
    [property: Id(2)] int BlockSize = ConstructionRequest.DefaultBlockSize,
    [property: Id(3)] int AttemptLimit = ConstructionRequest.DefaultAttemptLimit)
{
    /// <summary>Pairs in one task unless the caller says otherwise.</summary>
    public const int DefaultBlockSize = 32;

    /// <summary>Tries of one block unless the caller says otherwise.</summary>
    public const int DefaultAttemptLimit = 3;
}
