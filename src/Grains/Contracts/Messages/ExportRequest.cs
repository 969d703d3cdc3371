namespace NSft.Grains.Contracts.Messages;

/// <summary>Asks a worker for the hash of its weights and, if a place is given, to write the model there.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Directory">Where to write the model, a folder or an address; null for the hash alone.</param>
[GenerateSerializer, Immutable, Alias("nsft.export-request")]
public sealed record ExportRequest(
    [property: Id(0)] string RunId,
    [property: Id(1)] string? Directory);
