namespace NSft.Grains.Contracts.Messages;

/// <summary>A construction job to start.</summary>
/// <param name="Dataset">The preference pairs.</param>
/// <param name="Lexicon">Name or path of the lexicon.</param>
/// <param name="CodebookPath">Path of the codebook; null for the one that comes with NSft.</param>
/// <param name="OptionsJson">The constructor's options.</param>
/// <param name="AttemptLimit">Tries of one block before the job fails.</param>
[GenerateSerializer, Immutable, Alias("nsft.construction-request")]
public sealed record ConstructionRequest(
    [property: Id(0)] DatasetRequest Dataset,
    [property: Id(1)] string Lexicon,
    [property: Id(2)] string? CodebookPath,
    [property: Id(3)] string OptionsJson,
    [property: Id(4)] int AttemptLimit = ConstructionRequest.DefaultAttemptLimit)
{
    /// <summary>Tries of one block unless the caller says otherwise.</summary>
    public const int DefaultAttemptLimit = 3;
}
