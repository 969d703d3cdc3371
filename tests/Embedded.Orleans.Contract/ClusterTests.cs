using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NSft.Embedded.Orleans.Contract;

public abstract class ClusterTests(bool hasTable) : ContractTests(hasTable)
{
    public sealed class InProcess() : ClusterTests(hasTable: false);

    public sealed class OverTable() : ClusterTests(hasTable: true);

    [Fact]
    public async Task Call_InFlightOnAKilledSilo_FailsAsUnavailable_AndTheNextIsPlacedElsewhere()
    {
        await using TestCluster cluster = await StartAsync(2);
        IProbeGrain grain = cluster.On(cluster.AddressOf(1), client => client.GetGrain<IProbeGrain>("a"));
        Task call = grain.WaitFor("never", "started");
        await cluster.SignalsOf(1).Wait("started");
        RequestContext.Clear();
        await cluster.KillAsync(1);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        Assert.Equal(cluster.AddressOf(0), await Eventually.Succeeds(grain.WhereAmI, "a new activation of the grain"));
        Assert.False(cluster.SignalsOf(1).IsSet("deactivated a"));
    }

    [Fact]
    public async Task Call_FromGrainToKilledSilo_FailsAsUnavailable()
    {
        await using TestCluster cluster = await StartAsync(2);
        IProbeGrain grain = cluster.On(cluster.AddressOf(1), client => client.GetGrain<IProbeGrain>("a"));
        await grain.Nothing();
        RequestContext.Clear();
        IClusterClient local = cluster.Silos[0].Services.GetRequiredService<IClusterClient>();
        Task call = local.GetGrain<IProbeGrain>("a").WaitFor("never", "started");
        await cluster.SignalsOf(1).Wait("started");
        await cluster.KillAsync(1);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
    }

    [Fact]
    public async Task Silo_ThatStops_HandsItsGrainsOver()
    {
        await using TestCluster cluster = await StartAsync(2);
        IProbeGrain grain = cluster.On(cluster.AddressOf(1), client => client.GetGrain<IProbeGrain>("a"));
        Assert.Equal(cluster.AddressOf(1), await grain.WhereAmI());
        RequestContext.Clear();
        await cluster.StopAsync(1);
        Assert.Equal(DeactivationReasonCode.ShuttingDown, await cluster.SignalsOf(1).Wait("deactivated a"));
        Assert.Equal(cluster.AddressOf(0), await Eventually.Succeeds(grain.WhereAmI, "a new activation of the grain"));
    }

    [Fact]
    public async Task Silo_ThatStops_IsSeenToStopBeforeItsGrainsEnd()
    {
        await using TestCluster cluster = await StartAsync(2);
        IProbeGrain grain = cluster.On(cluster.AddressOf(1), client => client.GetGrain<IProbeGrain>("a"));
        Task call = grain.WaitFor("go", "started");
        await cluster.SignalsOf(1).Wait("started");
        RequestContext.Clear();
        SiloAddress stopping = cluster.AddressOf(1);
        Task stop = cluster.StopAsync(1);
        IClusterMembershipService membership = cluster.Silos[0].Services.GetRequiredService<IClusterMembershipService>();
        await foreach (ClusterMembershipSnapshot view in membership.MembershipUpdates)
        {
            if (view.GetSiloStatus(stopping).IsTerminating())
            {
                Assert.Equal(SiloStatus.ShuttingDown, view.GetSiloStatus(stopping));
                break;
            }
        }

        Assert.False(cluster.SignalsOf(1).IsSet("deactivated a"));
        Assert.NotEqual(stopping, await Eventually.Succeeds(cluster.Client.GetGrain<IProbeGrain>("b").WhereAmI, "a call to another grain"));
        cluster.SignalsOf(1).Set("go");
        await call;
        await stop;
        Assert.Equal(DeactivationReasonCode.ShuttingDown, await cluster.SignalsOf(1).Wait("deactivated a"));
        await Eventually.Holds(() => Task.FromResult(membership.CurrentSnapshot.GetSiloStatus(stopping) == SiloStatus.Dead), "the end of the silo in the view of the other one");
    }

    [Fact]
    public async Task Client_WhoseGatewaysDieOneAfterTheOther_GoesOn()
    {
        await using TestCluster cluster = await StartAsync(2);
        IProbeGrain[] grains = [.. Enumerable.Range(0, 8).Select(i => cluster.Client.GetGrain<IProbeGrain>($"g{i}"))];
        await Task.WhenAll(grains.Select(grain => grain.Nothing()));
        await cluster.KillAsync(0);
        await cluster.AddSiloAsync();
        SiloAddress last = cluster.AddressOf(2);
        foreach (IProbeGrain grain in grains)
        {
            await Eventually.Succeeds(grain.WhereAmI, "a call after the first death");
        }

        await cluster.KillAsync(1);
        foreach (IProbeGrain grain in grains)
        {
            Assert.Equal(last, await Eventually.Succeeds(grain.WhereAmI, "a call after the second death"));
        }
    }

    [Fact]
    public async Task Silo_ThatAnotherDeclaresDead_IsDeadForAll_AndItsCallsFail()
    {
        await using TestCluster cluster = await StartAsync(3);
        IProbeGrain grain = cluster.On(cluster.AddressOf(1), client => client.GetGrain<IProbeGrain>("a"));
        Task call = grain.WaitFor("never", "started");
        await cluster.SignalsOf(1).Wait("started");
        RequestContext.Clear();
        IClusterMembershipService membership = cluster.Silos[0].Services.GetRequiredService<IClusterMembershipService>();
        Assert.True(await membership.TryKill(cluster.AddressOf(1)));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        Assert.NotEqual(cluster.AddressOf(1), await Eventually.Succeeds(grain.WhereAmI, "a new activation of the grain"));
        IClusterMembershipService other = cluster.Silos[2].Services.GetRequiredService<IClusterMembershipService>();
        await other.Refresh(membership.CurrentSnapshot.Version, TestContext.Current.CancellationToken);
        Assert.Equal(SiloStatus.Dead, other.CurrentSnapshot.GetSiloStatus(cluster.AddressOf(1)));
    }

    [Fact]
    public async Task Gateway_ThatStops_LeavesCallsOnOtherSilosAlone()
    {
        await using TestCluster cluster = await StartAsync(3);
        Signals signals = cluster.SignalsOf(0);
        List<Task> calls = [];
        for (int i = 0; i < 8; i++)
        {
            IProbeGrain grain = cluster.On(cluster.AddressOf(0), client => client.GetGrain<IProbeGrain>($"g{i}"));
            calls.Add(grain.WaitFor("go", $"started {i}"));
            await signals.Wait($"started {i}");
        }

        Task[] stops = [cluster.StopAsync(1), cluster.StopAsync(2)];
        IClusterMembershipService membership = cluster.Silos[0].Services.GetRequiredService<IClusterMembershipService>();
        await foreach (ClusterMembershipSnapshot view in membership.MembershipUpdates)
        {
            if (view.GetSiloStatus(cluster.AddressOf(1)).IsTerminating() && view.GetSiloStatus(cluster.AddressOf(2)).IsTerminating())
            {
                break;
            }
        }

        signals.Set("go");
        await Task.WhenAll(calls);
        await Task.WhenAll(stops);
    }

    [Fact]
    public async Task Membership_TellsOfJoinsAndDeaths_WithRisingVersions()
    {
        await using TestCluster cluster = await StartAsync(1);
        IClusterMembershipService membership = cluster.Silos[0].Services.GetRequiredService<IClusterMembershipService>();
        await using IAsyncEnumerator<ClusterMembershipSnapshot> updates = membership.MembershipUpdates.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal(SiloStatus.Active, updates.Current.GetSiloStatus(cluster.AddressOf(0)));
        await cluster.AddSiloAsync();
        SiloAddress joined = cluster.AddressOf(1);
        MembershipVersion joinedAt = await Until(updates, joined, SiloStatus.Active);
        Assert.Equal("silo-1", membership.CurrentSnapshot.Members[joined].Name);
        await cluster.KillAsync(1);
        MembershipVersion diedAt = await Until(updates, joined, SiloStatus.Dead);
        Assert.True(diedAt > joinedAt);
        await membership.Refresh(diedAt, TestContext.Current.CancellationToken);
        Assert.True(membership.CurrentSnapshot.GetSiloStatus(joined).IsTerminating());
    }

    [Fact]
    public async Task Management_ListsHosts()
    {
        await using TestCluster cluster = await StartAsync(2);
        IManagementGrain management = cluster.Client.GetGrain<IManagementGrain>(0);
        Dictionary<SiloAddress, SiloStatus> hosts = await management.GetHosts(onlyActive: true);
        Assert.Equal([cluster.AddressOf(0), cluster.AddressOf(1)], hosts.Keys.Order());
        Assert.All(hosts.Values, status => Assert.Equal(SiloStatus.Active, status));
        Assert.Null(await management.GetActivationAddress(cluster.Client.GetGrain<IProbeGrain>("nowhere")));
    }

    [Fact]
    public async Task Clusters_SideBySide_DoNotMix()
    {
        await using TestCluster first = await StartAsync();
        await using TestCluster second = await StartAsync();
        Guid inFirst = await first.Client.GetGrain<IProbeGrain>("a").ActivationKey();
        Guid inSecond = await second.Client.GetGrain<IProbeGrain>("a").ActivationKey();
        Assert.NotEqual(inFirst, inSecond);
        Assert.Single(await first.Client.GetGrain<IManagementGrain>(0).GetHosts());
    }

    [Fact]
    public async Task LocalSilo_KnowsItself()
    {
        await using TestCluster cluster = await StartAsync();
        ILocalSiloDetails details = cluster.Silos[0].Services.GetRequiredService<ILocalSiloDetails>();
        Assert.Equal("silo-0", details.Name);
        Assert.True(IPAddress.IsLoopback(details.SiloAddress.Endpoint.Address));
        Assert.False(details.SiloAddress.IsClient);
    }

    [Fact]
    public async Task Client_WithoutCluster_FailsToStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client.UseLocalhostClustering(20_999, "contract", "nobody"));
        using IHost host = builder.Build();
        await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Silo_OnATakenPort_FailsToStart()
    {
        await using TestCluster cluster = await StartAsync();
        using IHost second = cluster.BuildSilo(0);
        await Assert.ThrowsAnyAsync<Exception>(() => second.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal("alive", await cluster.Client.GetGrain<IProbeGrain>("a").Echo("alive"));
    }

    [Fact]
    public async Task Silo_ThatRestarts_HasANewAddress()
    {
        await using TestCluster cluster = await StartAsync(2);
        SiloAddress before = cluster.AddressOf(1);
        await cluster.StopAsync(1);
        using IHost again = cluster.BuildSilo(1);
        await again.StartAsync(TestContext.Current.CancellationToken);
        SiloAddress after = again.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        Assert.Equal(before.Endpoint, after.Endpoint);
        Assert.NotEqual(before, after);
        await Eventually.Holds(
            async () => (await cluster.Client.GetGrain<IManagementGrain>(0).GetHosts()).GetValueOrDefault(after) == SiloStatus.Active, "the news of the restart");
        await again.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<MembershipVersion> Until(IAsyncEnumerator<ClusterMembershipSnapshot> updates, SiloAddress silo, SiloStatus status)
    {
        MembershipVersion last = updates.Current.Version;
        while (await updates.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken))
        {
            Assert.True(updates.Current.Version > last);
            last = updates.Current.Version;
            if (updates.Current.GetSiloStatus(silo) == status)
            {
                return last;
            }
        }

        throw new InvalidOperationException($"The updates ended before {silo} was {status}.");
    }
}
