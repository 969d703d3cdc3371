namespace NSft.Grains.Contracts.Messages;

/// <summary>A chunk of the flat vector on its way: a worker's partial sum to the owner of the slice, the owner's sum back, or updated weights.</summary>
/// <param name="Ticket">Run, view, step and try.</param>
/// <param name="Sender">Seat of the sender.</param>
/// <param name="Bucket">Seat of the worker that owns the slice.</param>
/// <param name="Chunk">Index of the chunk in the slice.</param>
/// <param name="Payload">The elements, little endian; the sender does not touch them before the step is over. Empty where the
/// receiver is to read the sender's memory.</param>
/// <param name="Shared">Where the elements of this and some following chunks lie on the sender's host; null when the payload holds them.</param>
[GenerateSerializer, Immutable, Alias("nsft.chunk")]
public sealed record ChunkMessage(
    [property: Id(0)] StepTicket Ticket,
    [property: Id(1)] int Sender,
    [property: Id(2)] int Bucket,
    [property: Id(3)] int Chunk,
    [property: Id(4)] ReadOnlyMemory<byte> Payload,
    [property: Id(5)] SharedSums? Shared = null);
