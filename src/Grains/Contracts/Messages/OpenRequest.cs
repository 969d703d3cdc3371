using NSft.Collectives;

namespace NSft.Grains.Contracts.Messages;

/// <summary>Asks a worker to take a device and to load model and data.</summary>
/// <param name="RunId">The run.</param>
/// <param name="OptionsJson">The training options of the run.</param>
/// <param name="DatasetHash">Content hash of the data that every worker must see.</param>
/// <param name="ChunkBytes">Bytes of gradient in one message.</param>
/// <param name="StateMode">Who holds the optimizer state.</param>
/// <param name="Silo">Silo that the worker is to be on, in the parsable form of its address.</param>
/// <param name="Device">Index of the device there.</param>
/// <param name="SharedMemory">Peers on one host may read each other's sums from shared memory.</param>
[GenerateSerializer, Immutable, Alias("nsft.open-request")]
public sealed record OpenRequest(
    [property: Id(0)] string RunId,
    [property: Id(1)] string OptionsJson,
    [property: Id(2)] string DatasetHash,
    [property: Id(3)] int ChunkBytes,
    [property: Id(4)] OptimizerStateMode StateMode,
    [property: Id(5)] string Silo,
    [property: Id(6)] int Device,
    [property: Id(7)] bool SharedMemory);
