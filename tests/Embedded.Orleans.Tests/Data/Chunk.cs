namespace NSft.Embedded.Orleans.Tests.Data;

[GenerateSerializer]
[Immutable]
public sealed record Chunk([property: Id(0)] ReadOnlyMemory<byte> Bytes, [property: Id(1)] IReadOnlyList<string> Names);
