namespace NSft.Grains.Contracts.Messages;

/// <summary>What a worker of an exchange bench holds.</summary>
/// <param name="Workers">Keys of all workers in seat order.</param>
/// <param name="Seat">The worker's index.</param>
/// <param name="Elements">Elements of the sum, 4 bytes each.</param>
/// <param name="ChunkBytes">Bytes of one message.</param>
/// <param name="MessagesOnly">Whether the elements go in messages also between processes of one host.</param>
[GenerateSerializer, Immutable, Alias("nsft.exchange-bench-request")]
public sealed record ExchangeBenchRequest(
    [property: Id(0)] string[] Workers,
    [property: Id(1)] int Seat,
    [property: Id(2)] long Elements,
    [property: Id(3)] int ChunkBytes,
    [property: Id(4)] bool MessagesOnly);
