using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using NSft.Silo.Health;

namespace NSft.Silo.Tests.Health;

public sealed class SiloHealthTests
{
    [Fact]
    public async Task Endpoints_BeforeJoining_OnlyLiveIsYes()
    {
        await using ListeningSilo silo = await ListeningSilo.StartAsync();
        Assert.Equal("200 503 503", await StatusesAsync(silo));
        (_, string text) = await silo.GetAsync(HealthEndpoints.Ready);
        using JsonDocument answer = JsonDocument.Parse(text);
        Assert.Equal("joining", answer.RootElement.GetProperty("status").GetString());
        Assert.Contains("not joined", answer.RootElement.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoints_ActiveMember_AllAreYes()
    {
        await using ListeningSilo silo = await ListeningSilo.StartAsync();
        silo.Health.Joined(new Membership());
        Assert.Equal("200 200 200", await StatusesAsync(silo));
    }

    [Theory]
    [InlineData(SiloStatus.Dead)]
    [InlineData(SiloStatus.Joining)]
    [InlineData(SiloStatus.ShuttingDown)]
    [InlineData(SiloStatus.None)]
    public async Task Endpoints_OutsideTheCluster_IsNotReadyButLives(SiloStatus status)
    {
        await using ListeningSilo silo = await ListeningSilo.StartAsync();
        silo.Health.Joined(new Membership { Status = status });
        Assert.Equal("200 503 200", await StatusesAsync(silo));
        Assert.Contains(status.ToString(), (await silo.GetAsync(HealthEndpoints.Ready)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoints_WhileDraining_IsNotReadyButLives()
    {
        await using ListeningSilo silo = await ListeningSilo.StartAsync();
        silo.Health.Joined(new Membership());
        silo.Health.Draining();
        Assert.Equal("200 503 200", await StatusesAsync(silo));
    }

    [Fact]
    public async Task Endpoints_HostThatStops_IsNotReadyButLives()
    {
        await using ListeningSilo silo = await ListeningSilo.StartAsync();
        silo.Health.Joined(new Membership { ApplicationStopping = new CancellationToken(canceled: true) });
        Assert.Equal("200 503 200", await StatusesAsync(silo));
    }

    [Fact]
    public async Task Endpoints_JoiningAgain_IsNotReadyUntilItHas()
    {
        await using ListeningSilo silo = await ListeningSilo.StartAsync();
        silo.Health.Joined(new Membership());
        silo.Health.Left();
        Assert.Equal("200 503 200", await StatusesAsync(silo));
        silo.Health.Joined(new Membership());
        Assert.Equal("200 200 200", await StatusesAsync(silo));
    }

    [Fact]
    public async Task Endpoints_SiloThatHasEnded_AllAreNo()
    {
        await using ListeningSilo silo = await ListeningSilo.StartAsync();
        silo.Health.Joined(new Membership());
        silo.Health.Ended("it was declared dead");
        Assert.Equal("503 503 503", await StatusesAsync(silo));
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/")]
    public async Task Endpoints_OtherPaths_AreNotThere(string path)
    {
        await using ListeningSilo silo = await ListeningSilo.StartAsync();
        Assert.Equal(404, (await silo.GetAsync(path)).Status);
    }

    /// <returns>Live, ready, startup.</returns>
    private static async Task<string> StatusesAsync(ListeningSilo silo)
    {
        int live = (await silo.GetAsync(HealthEndpoints.Live)).Status;
        int ready = (await silo.GetAsync(HealthEndpoints.Ready)).Status;
        int startup = (await silo.GetAsync(HealthEndpoints.Startup)).Status;
        return $"{live} {ready} {startup}";
    }

    /// <summary>What a host's services tell of its membership.</summary>
    private sealed class Membership : IServiceProvider, ILocalSiloDetails, IClusterMembershipService, IHostApplicationLifetime
    {
        public SiloStatus Status { get; init; } = SiloStatus.Active;

        public string Name => "silo-1";

        public string ClusterId => "test";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress { get; } = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11111), 1);

        public SiloAddress GatewayAddress => SiloAddress;

        public ClusterMembershipSnapshot CurrentSnapshot => new(
            Status == SiloStatus.None ? ImmutableDictionary<SiloAddress, ClusterMember>.Empty
                : ImmutableDictionary<SiloAddress, ClusterMember>.Empty.Add(SiloAddress, new ClusterMember(SiloAddress, Status, Name)),
            new MembershipVersion(1));

        public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping { get; init; }

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public object? GetService(Type serviceType) => serviceType.IsInstanceOfType(this) ? this : null;

        public void StopApplication() => throw new NotSupportedException();

        public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();
    }
}
