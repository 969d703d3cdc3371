using System.Collections.Immutable;

namespace NSft.Embedded.Orleans.Contract;

internal interface IDataGrain : IGrainWithStringKey
{
    Task Keep(Parcel parcel);

    Task<Parcel> Kept();

    Task<string> DescribeKept();

    Task KeepBlock(byte[] block);

    Task KeepImmutable([Immutable] byte[] block);

    Task KeepWrapped(Immutable<byte[]> block);

    Task<bool> KeptBlockIs(int firstByte);

    [return: Immutable]
    Task<byte[]> KeptBlock();

    Task KeepFrozen(FrozenParcel parcel);

    Task<FrozenParcel> Frozen();

    Task<Dictionary<string, ImmutableArray<int>>> Shapes(IReadOnlyList<int> sizes, TimeSpan? time, (int A, string B) pair);

    Task<Node> Ring(Node node);

    Task<Partial> PassPartial(Partial value);

    Task<int[][]> Jagged(int[][] rows);

    Task<Shape> Polymorphic(Shape shape);

    Task<int> Sum(ReadOnlyMemory<byte> bytes);
}
