using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Messaging;
using Orleans.Providers;
using Orleans.Storage;

namespace NSft.Embedded.Orleans.Contract;

/// <summary>A cluster of silos in this process, and a client.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static int _nextPort = 21_000;

    private readonly Action<ISiloBuilder>? _configure;
    private readonly List<IHost> _silos = [];
    private readonly string _clusterId;
    private readonly int _firstPort;
    private readonly SharedMembers? _members;
    private readonly Dictionary<string, SharedRecords> _stores = new() { [ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME] = new(), ["other"] = new() };
    private IHost? _client;

    private TestCluster(int maxSilos, Action<ISiloBuilder>? configure, bool hasTable)
    {
        _members = hasTable ? new SharedMembers() : null;
        _configure = configure;
        do
        {
            _firstPort = Interlocked.Add(ref _nextPort, 2 * maxSilos) - (2 * maxSilos);
        }
        while (!Enumerable.Range(_firstPort, 2 * maxSilos).All(IsFree));
        _clusterId = $"cluster-{_firstPort}";
        MaxSilos = maxSilos;
    }

    public int MaxSilos { get; }

    public IReadOnlyList<IHost> Silos => _silos;

    public IClusterClient Client => _client!.Services.GetRequiredService<IClusterClient>();

    /// <summary>Starts a cluster.</summary>
    /// <param name="silos">Number of silos.</param>
    /// <param name="configure">Settings of silos.</param>
    /// <param name="configureClient">Settings of the client.</param>
    /// <param name="hasTable">Whether the silos meet through a membership table, as those of several processes do.</param>
    public static async Task<TestCluster> StartAsync(
        int silos = 1, Action<ISiloBuilder>? configure = null, Action<IClientBuilder>? configureClient = null, bool hasTable = false)
    {
        TestCluster cluster = new(silos + 2, configure, hasTable);
        for (int i = 0; i < silos; i++)
        {
            await cluster.AddSiloAsync();
        }

        cluster._client = await cluster.StartClientAsync(configureClient);
        return cluster;
    }

    public IHost BuildSilo(int index)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            Join(silo, index);
            silo.Configure<SiloOptions>(options => options.SiloName = $"silo-{index}");
            silo.ConfigureServices(services => services.AddSingleton<Signals>().AddSingleton<Faults>());
            _configure?.Invoke(silo);
        });
        return builder.Build();
    }

    public async Task<IHost> AddSiloAsync()
    {
        IHost host = BuildSilo(_silos.Count);
        await host.StartAsync(TestContext.Current.CancellationToken);
        _silos.Add(host);
        return host;
    }

    public async Task<IHost> StartClientAsync(Action<IClientBuilder>? configure = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            if (_members is null)
            {
                client.UseLocalhostClustering([.. Enumerable.Range(0, MaxSilos).Select(GatewayPort)], "contract", _clusterId);
            }
            else
            {
                client.Configure<ClusterOptions>(Name);
                client.Services.AddSingleton<IGatewayListProvider>(_members);
                client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = _members.MaxStaleness);
            }

            configure?.Invoke(client);
        });
        IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public SiloAddress AddressOf(int index) => _silos[index].Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public Signals SignalsOf(int index) => _silos[index].Services.GetRequiredService<Signals>();

    /// <summary>An abrupt end: nothing is deactivated.</summary>
    public async Task KillAsync(int index)
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        try
        {
            await _silos[index].StopAsync(cancelled.Token);
        }
        catch (OperationCanceledException)
        {
            // The host may report that it had no time.
        }
    }

    public Task StopAsync(int index) => _silos[index].StopAsync(TestContext.Current.CancellationToken);

    public T On<T>(SiloAddress silo, Func<IClusterClient, T> get)
    {
        RequestContext.Set(global::Orleans.Runtime.Placement.IPlacementDirector.PlacementHintKey, silo);
        return get(Client);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.StopAsync();
            _client.Dispose();
        }

        foreach (IHost silo in _silos)
        {
            await KillAsync(_silos.IndexOf(silo));
            silo.Dispose();
        }
    }

    private static bool IsFree(int port)
    {
        using TcpListener listener = new(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Join(ISiloBuilder silo, int index)
    {
        if (_members is null)
        {
            silo.UseLocalhostClustering(SiloPort(index), GatewayPort(index), new IPEndPoint(IPAddress.Loopback, SiloPort(0)), "contract", _clusterId);
            silo.AddMemoryGrainStorageAsDefault();
            silo.AddMemoryGrainStorage("other");
            return;
        }

        silo.Configure<ClusterOptions>(Name);
        silo.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloPort = SiloPort(index);
            options.GatewayPort = GatewayPort(index);
        });
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
            options.NumVotesForDeathDeclaration = 1;
            options.EnableConnectionLivenessCheck = false;
        });
        silo.Services.AddSingleton<IMembershipTable>(_members);
        foreach ((string name, SharedRecords store) in _stores)
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>(name, store);
        }
    }

    private void Name(ClusterOptions options)
    {
        options.ServiceId = "contract";
        options.ClusterId = _clusterId;
    }

    private int SiloPort(int index) => _firstPort + (2 * index);

    private int GatewayPort(int index) => _firstPort + (2 * index) + 1;
}
