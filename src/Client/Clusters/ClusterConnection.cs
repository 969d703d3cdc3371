using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSft.Client.Parsing;
using NSft.Client.Processes;
using NSft.Collectives;
using NSft.Grains.Contracts;
using NSft.Grains.Hosting;
using NSft.Grains.Hosting.Settings;

namespace NSft.Client.Clusters;

/// <summary>A client of a cluster. Calls are made again while silos die and others take over.</summary>
internal sealed class ClusterConnection : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    private readonly IHost _host;
    private readonly StateChoice _state;
    private readonly TimeSpan _patience;

    private ClusterConnection(IHost host, StateChoice state, TimeSpan patience)
    {
        _host = host;
        _state = state;
        _patience = patience;
        Records = new SiloRecords(state.Path);
    }

    /// <summary>The silo processes of the cluster; none for a cluster of several machines.</summary>
    public SiloRecords Records { get; }

    /// <summary>The cluster in a word: the state directory, or its name.</summary>
    public string Name => _state.Name;

    /// <summary>Whether its silos run on other machines, which share no folder with this console.</summary>
    public bool IsNetwork => _state.Network is not null;

    /// <summary>Full path of the state directory.</summary>
    /// <exception cref="UserInputException">The cluster has none.</exception>
    public string StatePath => IsNetwork ? throw new UserInputException($"{Name} ({_state.Origin}): it has no state directory that this console could read") : _state.Path;

    /// <summary>The index of runs.</summary>
    public IRunIndexGrain Index => Client.GetGrain<IRunIndexGrain>(RunIndexKey.Only);

    /// <summary>The fleet.</summary>
    public IFleetGrain Fleet => Client.GetGrain<IFleetGrain>(FleetKey.Only);

    /// <summary>Reaches the grains of the cluster.</summary>
    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    /// <summary>Connects.</summary>
    /// <param name="state">The cluster.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="patience">How long silos may fail to answer, here and at each call; null for half a minute.</param>
    /// <exception cref="UserInputException">No silo runs there, none answers, or what the cluster is found through does not.</exception>
    public static async Task<ClusterConnection> OpenAsync(StateChoice state, CancellationToken cancellation, TimeSpan? patience = null)
    {
        TimeSpan limit = patience ?? DefaultPatience;
        EnsureRunning(state);
        long begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            IHost host = state.Network is null ? ClusterClientHost.Build(state.Path) : ClusterClientHost.Build(state.Network);
            try
            {
                await host.StartAsync(cancellation).ConfigureAwait(false);
                return new ClusterConnection(host, state, limit);
            }
            catch (Exception error) when (IsPassing(error))
            {
                host.Dispose();
                EnsureRunning(state);
                if (TimeProvider.System.GetElapsedTime(begin) >= limit)
                {
                    throw new UserInputException(state.Network is null
                        ? $"{state.Path}: its silos do not answer ({error.Message}); nsft silos {StateDirectory.OptionName} {state.Path} lists them, nsft logs shows what they say"
                        : $"{state.Name} ({state.Origin}): no silo answers ({error.Message}); check that its silos run and that this machine reaches their gateways", error);
                }

                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
            catch (Exception error) when (state.Network is not null && error is not (UserInputException or OperationCanceledException))
            {
                host.Dispose();
                throw new UserInputException($"{state.Name} ({state.Origin}): its list of silos cannot be read ({error.Message}); check {ClusteringOptions.Section}:{nameof(ClusteringOptions.ConnectionString)}", error);
            }
        }
    }

    /// <summary>A run's coordinator.</summary>
    public IRunGrain Run(string runId) => Client.GetGrain<IRunGrain>(runId);

    /// <summary>Makes a call that may be repeated until it is answered.</summary>
    /// <exception cref="UserInputException">All silos have gone, or none answers for long.</exception>
    /// <param name="call">Makes the call.</param>
    /// <param name="cancellation">Ends the attempts.</param>
    /// <param name="patience">How long silos may fail to answer; null for the connection's patience.</param>
    public async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellation, TimeSpan? patience = null)
    {
        long begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await call().WaitAsync(LongestCall, cancellation).ConfigureAwait(false);
            }
            catch (Exception error) when (IsPassing(error))
            {
                EnsureRunning(_state);
                if (TimeProvider.System.GetElapsedTime(begin) >= (patience ?? _patience))
                {
                    throw new UserInputException($"{Name}: the cluster does not answer ({error.Message}); {(IsNetwork ? "its silos' logs say more" : "nsft logs shows what its silos say")}", error);
                }

                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Makes a call without a result that may be repeated until it is answered.</summary>
    public async Task CallAsync(Func<Task> call, CancellationToken cancellation) =>
        _ = await CallAsync(
            async () =>
            {
                await call().ConfigureAwait(false);
                return true;
            },
            cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(1));
            await _host.StopAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A client that cannot say goodbye is forgotten by the silos in time.
        }

        _host.Dispose();
    }

    /// <summary>Whether another try may succeed: silos come and go.</summary>
    internal static bool IsPassing(Exception error) => error is TimeoutException or OrleansException or IOException or System.Net.Sockets.SocketException;

    private static void EnsureRunning(StateChoice state)
    {
        if (state.Network is null && new SiloRecords(state.Path).Living().Count == 0)
        {
            throw new UserInputException($"no silo runs in {state.Path} ({state.Origin}); start some with nsft up --silos N, or name another directory with {StateDirectory.OptionName}");
        }
    }
}
