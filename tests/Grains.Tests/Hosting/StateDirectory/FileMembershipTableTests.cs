using System.Net;
using Microsoft.Extensions.Options;
using NSft.Grains.Hosting.StateDirectory;
using NSft.Grains.Tests.Testing;
using Orleans;
using Orleans.Runtime;

namespace NSft.Grains.Tests.Hosting.StateDirectory;

public sealed class FileMembershipTableTests
{
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Fact]
    public async Task Rows_Written_AreReadWhole()
    {
        using var directory = new TemporaryDirectory();
        var table = Table(directory);
        await table.InitializeMembershipTable(true);
        var entry = Entry(1, SiloStatus.Active);
        entry.AddSuspector(Silo(2), Start);
        Assert.True(await table.InsertRow(entry, (await table.ReadAll()).Version.Next()));
        await table.UpdateIAmAlive(new MembershipEntry { SiloAddress = Silo(1), IAmAliveTime = Start.AddMinutes(1) });
        var row = (await Table(directory).ReadRow(Silo(1))).Members.Single().Item1;
        Assert.Equal((Silo(1), SiloStatus.Active, "silo-1", 20_001), (row.SiloAddress, row.Status, row.SiloName, row.ProxyPort));
        Assert.Equal((Start, Start.AddMinutes(1)), (row.StartTime, row.IAmAliveTime));
        Assert.Equal(Tuple.Create(Silo(2), Start), row.SuspectTimes!.Single());
    }

    [Fact]
    public async Task Change_OfAnOldTable_IsRefused()
    {
        using var directory = new TemporaryDirectory();
        var table = Table(directory);
        var empty = await table.ReadAll();
        Assert.True(await table.InsertRow(Entry(1, SiloStatus.Joining), empty.Version.Next()));
        Assert.False(await table.InsertRow(Entry(2, SiloStatus.Joining), empty.Version.Next()));
        var read = await table.ReadAll();
        Assert.False(await table.InsertRow(Entry(1, SiloStatus.Joining), read.Version.Next()));
        var row = read.TryGet(Silo(1))!;
        row.Item1.Status = SiloStatus.Active;
        Assert.False(await table.UpdateRow(row.Item1, "other", read.Version.Next()));
        Assert.True(await table.UpdateRow(row.Item1, row.Item2, read.Version.Next()));
        Assert.False(await table.UpdateRow(row.Item1, row.Item2, read.Version.Next()));
        Assert.Equal(read.Version.Version + 1, (await table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task Cleanup_TakesOldDeadRowsOnly()
    {
        using var directory = new TemporaryDirectory();
        var table = Table(directory);
        foreach (var (port, status) in new[] { (1, SiloStatus.Active), (2, SiloStatus.Dead), (3, SiloStatus.Dead) })
        {
            var entry = Entry(port, status);
            entry.StartTime = port == 3 ? Start.AddHours(1) : Start;
            Assert.True(await table.InsertRow(entry, (await table.ReadAll()).Version.Next()));
        }

        await table.CleanupDefunctSiloEntries(new DateTimeOffset(Start.AddMinutes(1)));
        Assert.Equal([Silo(1), Silo(3)], (await table.ReadAll()).Members.Select(row => row.Item1.SiloAddress).Order());
        await table.DeleteMembershipTableEntries("nsft");
        Assert.Empty((await table.ReadAll()).Members);
    }

    [Fact]
    public async Task Gateways_AreThoseOfActiveSilos()
    {
        using var directory = new TemporaryDirectory();
        var table = Table(directory);
        await table.InsertRow(Entry(1, SiloStatus.Active), (await table.ReadAll()).Version.Next());
        await table.InsertRow(Entry(2, SiloStatus.ShuttingDown), (await table.ReadAll()).Version.Next());
        var gateways = await new FileGatewayListProvider(table, Settings(directory)).GetGateways();
        Assert.Equal("gwy.tcp://127.0.0.1:20001/7", gateways.Single().ToString());
    }

    private static IOptions<StateDirectoryOptions> Settings(TemporaryDirectory directory) =>
        Options.Create(new StateDirectoryOptions { Path = directory.At("cluster") });

    private static FileMembershipTable Table(TemporaryDirectory directory) => new(Settings(directory), TimeProvider.System);

    private static SiloAddress Silo(int port) => SiloAddress.New(IPAddress.Loopback, 10_000 + port, 7);

    private static MembershipEntry Entry(int port, SiloStatus status) => new()
    {
        SiloAddress = Silo(port),
        Status = status,
        SiloName = $"silo-{port}",
        ProxyPort = 20_000 + port,
        StartTime = Start,
        IAmAliveTime = Start,
    };
}
