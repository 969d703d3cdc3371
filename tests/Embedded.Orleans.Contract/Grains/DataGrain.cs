using System.Collections.Immutable;

namespace NSft.Embedded.Orleans.Contract;

internal sealed class DataGrain : Grain, IDataGrain
{
    private Parcel? _parcel;
    private FrozenParcel? _frozen;
    private byte[] _block = [];

    public Task Keep(Parcel parcel)
    {
        _parcel = parcel;
        return Task.CompletedTask;
    }

    public Task<Parcel> Kept() => Task.FromResult(_parcel!);

    public Task<string> DescribeKept() => Task.FromResult($"{_parcel!.Name}: {string.Join(',', _parcel.Values)}");

    public Task KeepBlock(byte[] block)
    {
        _block = block;
        return Task.CompletedTask;
    }

    public Task KeepImmutable(byte[] block) => KeepBlock(block);

    public Task KeepWrapped(Immutable<byte[]> block) => KeepBlock(block.Value);

    public Task<bool> KeptBlockIs(int firstByte) => Task.FromResult(_block[0] == firstByte);

    public Task<byte[]> KeptBlock() => Task.FromResult(_block);

    public Task KeepFrozen(FrozenParcel parcel)
    {
        _frozen = parcel;
        return Task.CompletedTask;
    }

    public Task<FrozenParcel> Frozen() => Task.FromResult(_frozen!);

    public Task<Dictionary<string, ImmutableArray<int>>> Shapes(IReadOnlyList<int> sizes, TimeSpan? time, (int A, string B) pair) =>
        Task.FromResult(new Dictionary<string, ImmutableArray<int>> { [$"{time}{pair.B}{pair.A}"] = [.. sizes] });

    public Task<Node> Ring(Node node) => Task.FromResult(node);

    public Task<Partial> PassPartial(Partial value) => Task.FromResult(value);

    public Task<int[][]> Jagged(int[][] rows) => Task.FromResult(rows);

    public Task<Shape> Polymorphic(Shape shape) => Task.FromResult(shape);

    public Task<int> Sum(ReadOnlyMemory<byte> bytes) => Task.FromResult(bytes.ToArray().Sum(one => one));
}
