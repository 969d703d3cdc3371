namespace NSft.Grains.Contracts.Messages;

/// <summary>Says where on the sender's host a chunk's elements lie, in place of the elements themselves.</summary>
/// <param name="ProcessId">The sender's process.</param>
/// <param name="Descriptor">That process's descriptor of the shared segment.</param>
/// <param name="Segment">Random id that the segment's header repeats: equal ids prove that both see the same memory.</param>
/// <param name="Bytes">Bytes of the segment's content.</param>
/// <param name="Generation">What the content belongs to; the header says when that is over.</param>
/// <param name="ChunkCount">How many chunks are ready, from the message's chunk on.</param>
[GenerateSerializer, Immutable, Alias("nsft.shared-sums")]
public sealed record SharedSums(
    [property: Id(0)] int ProcessId,
    [property: Id(1)] int Descriptor,
    [property: Id(2)] Guid Segment,
    [property: Id(3)] long Bytes,
    [property: Id(4)] long Generation,
    [property: Id(5)] int ChunkCount);
