using System.Collections.Immutable;
using Orleans.Serialization;

namespace NSft.Embedded.Orleans.Contract;

public abstract class SerializationTests(bool hasTable) : ContractTests(hasTable)
{
    public sealed class InProcess() : SerializationTests(hasTable: false);

    public sealed class OverTable() : SerializationTests(hasTable: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Argument_ChangedAfterCall_DoesNotChangeCallee(bool isLocal)
    {
        await using TestCluster cluster = await StartAsync();
        IDataGrain grain = (isLocal ? LocalClient(cluster) : cluster.Client).GetGrain<IDataGrain>("a");
        Parcel parcel = new("p", [1, 2]) { Key = Guid.NewGuid(), Sent = DateTimeOffset.UnixEpoch };
        await grain.Keep(parcel);
        parcel.Values.Add(3);
        Assert.Equal("p: 1,2", await grain.DescribeKept());
        Parcel kept = await grain.Kept();
        kept.Values.Clear();
        Assert.Equal("p: 1,2", await grain.DescribeKept());
        Assert.Equal((parcel.Key, parcel.Sent), (kept.Key, kept.Sent));
    }

    [Fact]
    public async Task Block_Unmarked_IsCopied()
    {
        await using TestCluster cluster = await StartAsync();
        IDataGrain grain = LocalClient(cluster).GetGrain<IDataGrain>("a");
        byte[] block = [1, 2, 3];
        await grain.KeepBlock(block);
        block[0] = 9;
        Assert.True(await grain.KeptBlockIs(1));
    }

    [Fact]
    public async Task Block_Immutable_IsPassedAsItIsOnOneSilo()
    {
        await using TestCluster cluster = await StartAsync();
        IDataGrain grain = LocalClient(cluster).GetGrain<IDataGrain>("a");
        byte[] block = new byte[4 << 20];
        await grain.KeepImmutable(block);
        Assert.Same(block, await grain.KeptBlock());
        byte[] other = new byte[8];
        await grain.KeepWrapped(other.AsImmutable());
        Assert.Same(other, await grain.KeptBlock());
        FrozenParcel frozen = new(block);
        await grain.KeepFrozen(frozen);
        Assert.Same(frozen, await grain.Frozen());
    }

    [Fact]
    public async Task Values_OfBuiltInTypes_Arrive()
    {
        await using TestCluster cluster = await StartAsync();
        IDataGrain grain = cluster.Client.GetGrain<IDataGrain>("a");
        Dictionary<string, ImmutableArray<int>> shapes = await grain.Shapes([3, 4], TimeSpan.FromSeconds(1), (7, "b"));
        Assert.Equal([3, 4], shapes["00:00:01b7"].AsEnumerable());
        Assert.Equal([3, 4], (await grain.Shapes(new List<int> { 3, 4 }, null, (7, "b")))["b7"].AsEnumerable());
        Assert.Equal([[1], [2, 3]], await grain.Jagged([[1], [2, 3]]));
        Assert.Equal(new Circle("c", 2), await grain.Polymorphic(new Circle("c", 2)));
        Assert.Equal(6, await grain.Sum(new byte[] { 1, 2, 3 }));
    }

    [Fact]
    public async Task Cycle_InArgument_KeepsItsShape()
    {
        await using TestCluster cluster = await StartAsync();
        Node first = new() { Value = 1, Next = new Node { Value = 2 } };
        first.Next.Next = first;
        Node copy = await cluster.Client.GetGrain<IDataGrain>("a").Ring(first);
        Assert.NotSame(first, copy);
        Assert.Same(copy, copy.Next!.Next);
        Assert.Equal(2, copy.Next.Value);
    }

    [Fact]
    public async Task Member_WithoutId_DoesNotTravel()
    {
        await using TestCluster cluster = await StartAsync();
        Partial copy = await cluster.Client.GetGrain<IDataGrain>("a").PassPartial(new Partial { Marked = 1, Unmarked = 2 });
        Assert.Equal((1, 0), (copy.Marked, copy.Unmarked));
    }

    [Fact]
    public async Task Type_WithoutSerializer_IsRefusedByName()
    {
        await using TestCluster cluster = await StartAsync();
        IUndeclaredGrain grain = cluster.Client.GetGrain<IUndeclaredGrain>("a");
        CodecNotFoundException error = await Assert.ThrowsAsync<CodecNotFoundException>(() => grain.Refuse(new Undeclared()));
        Assert.Contains(nameof(Undeclared), error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CodecNotFoundException>(grain.RefuseResult);
    }

    private static IClusterClient LocalClient(TestCluster cluster) => cluster.Silos[0].Services.GetRequiredService<IClusterClient>();
}
