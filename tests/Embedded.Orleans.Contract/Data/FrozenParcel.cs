namespace NSft.Embedded.Orleans.Contract;

[GenerateSerializer]
[Immutable]
internal sealed record FrozenParcel(byte[] Block);
