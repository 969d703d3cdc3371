using Microsoft.Extensions.Hosting;
using NSft.Grains.Hosting.StateDirectory;
using Orleans.Runtime.Placement;

namespace NSft.Cluster.Tests;

/// <summary>Silos in processes of their own, and a client in this one. All processes end with it.</summary>
internal sealed class ProcessCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"nsft-cluster-{Guid.NewGuid():N}");
    private readonly List<SiloProcess> _silos = [];
    private IHost? _client;

    public IReadOnlyList<SiloProcess> Silos => _silos;

    public IClusterClient Client => _client!.Services.GetRequiredService<IClusterClient>();

    public static async Task<ProcessCluster> StartAsync(int silos)
    {
        ProcessCluster cluster = new();
        try
        {
            await cluster.AddAsync(silos);
            cluster._client = await cluster.ConnectAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts silos side by side; sorted by age.</summary>
    public async Task AddAsync(int count)
    {
        _silos.AddRange(await Task.WhenAll(Enumerable.Range(0, count).Select(_ => SiloProcess.StartAsync(_directory))));
        _silos.Sort((left, right) => left.Address.CompareTo(right.Address));
    }

    public async Task<IHost> ConnectAsync()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client.UseStateDirectory(_directory));
        IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>A grain that the first call puts on a silo.</summary>
    public async Task<IPlaceGrain> PlaceAsync(string key, SiloAddress silo)
    {
        IPlaceGrain grain = Client.GetGrain<IPlaceGrain>(key);
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        Assert.Equal(silo, await grain.WhereAmI());
        RequestContext.Clear();
        return grain;
    }

    /// <summary>Calls until it succeeds.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> call)
    {
        using CancellationTokenSource limit = new(Patience);
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception error) when (error is OrleansMessageRejectionException or TimeoutException && !limit.IsCancellationRequested)
            {
                await Task.Delay(10, limit.Token);
            }
        }
    }

    /// <summary>Asks until something holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource limit = new(Patience);
        while (!await condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    /// <summary>The silos and their states, as some silo sees them.</summary>
    public Task<Dictionary<SiloAddress, SiloStatus>> HostsAsync() => EventuallyAsync(() => Client.GetGrain<IManagementGrain>(0).GetHosts());

    public async ValueTask DisposeAsync()
    {
        foreach (SiloProcess silo in _silos)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"--- {silo.Address}\n{silo.Output}");
        }

        foreach (SiloProcess silo in _silos)
        {
            await silo.DisposeAsync();
        }

        _client?.Dispose();
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }
}
