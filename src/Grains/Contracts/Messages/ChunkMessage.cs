namespace NSft.Grains.Contracts.Messages;

/// <summary>A chunk of the flat gradient on its way: a worker's partial sum to the owner of the slice, or the owner's sum back.</summary>
/// <param name="Ticket">Run, view, step and try.</param>
/// <param name="Sender">Seat of the sender.</param>
/// <param name="Bucket">Seat of the worker that owns the slice.</param>
/// <param name="Chunk">Index of the chunk in the slice.</param>
/// <param name="Payload">The elements, little endian; the sender does not touch them before the call has returned.</param>
[GenerateSerializer, Immutable, Alias("nsft.chunk")]
public sealed record ChunkMessage(
    [property: Id(0)] StepTicket Ticket,
    [property: Id(1)] int Sender,
    [property: Id(2)] int Bucket,
    [property: Id(3)] int Chunk,
    [property: Id(4)] ReadOnlyMemory<byte> Payload);
