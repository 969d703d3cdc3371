namespace NSft.Grains.Contracts.Messages;

/// <summary>A chunk of a worker's state.</summary>
/// <param name="Step">Committed steps that the state reflects.</param>
/// <param name="Payload">Float32 weights, then first and second moments, as far as asked for; little endian.</param>
/// <param name="Checksum">First 8 bytes of the SHA-256 of the payload, little endian.</param>
/// <param name="Failure">Why it cannot be given; null when it is.</param>
[GenerateSerializer, Immutable, Alias("nsft.state-chunk")]
public sealed record StateChunk(
    [property: Id(0)] int Step,
    [property: Id(1)] ReadOnlyMemory<byte> Payload,
    [property: Id(2)] ulong Checksum,
    [property: Id(3)] Failure? Failure = null);
