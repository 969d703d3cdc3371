namespace NSft.Collectives;

/// <summary>Where another process of this host finds a shared segment.</summary>
/// <param name="ProcessId">Process that made it.</param>
/// <param name="Descriptor">That process's file descriptor of it.</param>
/// <param name="Id">Drawn at random and repeated in the segment's header: whoever reads the same id there sees the same memory.</param>
/// <param name="Bytes">Bytes of content, without the header.</param>
internal readonly record struct SegmentName(int ProcessId, int Descriptor, Guid Id, long Bytes);
