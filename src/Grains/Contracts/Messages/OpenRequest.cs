namespace NSft.Grains.Contracts.Messages;

/// <summary>Asks a worker to load model and data and to take its seat.</summary>
/// <param name="RunId">The run.</param>
/// <param name="OptionsJson">The training options of the run.</param>
/// <param name="DatasetHash">Content hash of the data that every worker must see.</param>
/// <param name="ChunkBytes">Bytes of gradient in one message.</param>
[GenerateSerializer, Immutable, Alias("nsft.open-request")]
public sealed record OpenRequest(
    [property: Id(0)] string RunId,
    [property: Id(1)] string OptionsJson,
    [property: Id(2)] string DatasetHash,
    [property: Id(3)] int ChunkBytes);
