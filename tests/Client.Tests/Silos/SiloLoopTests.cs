using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSft.Client.Silos;
using NSft.Silo;
using NSft.Silo.Logging;
using Orleans.Runtime;

namespace NSft.Client.Tests.Silos;

public sealed class SiloLoopTests : IDisposable
{
    private readonly StringWriter _log = new();
    private readonly List<SiloChange> _changes = [];
    private readonly List<IHost> _hosts = [];

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Run_HostThatWasDeclaredDead_IsReplacedByAFreshOne()
    {
        using CancellationTokenSource stop = new();
        SiloLoop loop = Loop();
        Task run = loop.RunAsync(stop.Token);
        await Eventually.IsTrueAsync(() => _changes.Count == 1);
        _hosts[0].Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await Eventually.IsTrueAsync(() => _changes.Count == 3);
        await stop.CancelAsync();
        await run;
        Assert.Equal(2, _hosts.Count);
        Assert.Equal([false, true, false, false], _changes.Select(change => change.Silo is null));
        Assert.NotEqual(_changes[0].Silo, _changes[2].Silo);
        Assert.True(_changes[^1].IsDraining);
        Assert.Contains("declared dead", _log.ToString(), StringComparison.Ordinal);
        Assert.Contains("joins again", _log.ToString(), StringComparison.Ordinal);
        Assert.Contains("left the cluster", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FirstStartFails_Throws() => await Assert.ThrowsAsync<IOException>(() => new SiloLoop(
        _ => throw new IOException("no room"), _changes.Add, Journal(), TimeProvider.System).RunAsync(CancellationToken.None));

    [Fact]
    public async Task Run_LaterStartFails_IsTriedAgain()
    {
        using CancellationTokenSource stop = new();
        int starts = 0;
        SiloLoop loop = new(
            token => ++starts == 2 ? throw new IOException("no room") : StartAsync(token), _changes.Add, Journal(), TimeProvider.System);
        Task run = loop.RunAsync(stop.Token);
        await Eventually.IsTrueAsync(() => _changes.Count == 1);
        _hosts[0].Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await Eventually.IsTrueAsync(() => _hosts.Count == 2);
        await stop.CancelAsync();
        await run;
        Assert.Equal(3, starts);
        Assert.Contains("no room", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void After_ShortLives_DoublesUpToALimitAndForgetsAfterALongOne()
    {
        TimeSpan pause = RejoinPause.After(TimeSpan.Zero, TimeSpan.Zero);
        TimeSpan first = pause;
        Assert.Equal(2 * first, pause = RejoinPause.After(pause, TimeSpan.FromSeconds(1)));
        for (int life = 0; life < 10; life++)
        {
            pause = RejoinPause.After(pause, TimeSpan.FromSeconds(1));
        }

        Assert.Equal(TimeSpan.FromSeconds(8), pause);
        Assert.Equal(first, RejoinPause.After(pause, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Say_ManyLines_IsOneLineWithTimeAndName()
    {
        Journal().Say("first\n second");
        Assert.Equal("2026-01-02T03:04:05.000Z silo-1 first second\n", _log.ToString());
    }

    private SiloJournal Journal() => new(_log, "silo-1", LogFormat.Text, new ManualTime());

    private SiloLoop Loop() => new(StartAsync, _changes.Add, Journal(), TimeProvider.System);

    private async Task<IHost> StartAsync(CancellationToken cancellation)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.Services.AddSingleton<ILocalSiloDetails>(new Details(_hosts.Count + 1));
        IHost host = builder.Build();
        await host.StartAsync(cancellation);
        _hosts.Add(host);
        return host;
    }

    private sealed class Details(int generation) : ILocalSiloDetails
    {
        public string Name => "silo-1";

        public string ClusterId => "test";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress { get; } = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11111), generation);

        public SiloAddress GatewayAddress => SiloAddress;
    }
}
