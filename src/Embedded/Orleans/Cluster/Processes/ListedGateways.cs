using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Orleans.Runtime;

/// <summary>
/// The gateways that a list names, in other processes. All of them are probed; requests go to those that are listed and answer.
/// One that answers no more, or whose connection breaks, fails the calls it had; it takes requests again when it answers.
/// </summary>
#pragma warning disable CA1001 // the token source holds nothing that needs an end
internal sealed class ListedGateways : IGateways
#pragma warning restore CA1001
{
    private const int MissedProbes = 3;
    private static readonly TimeSpan ProbePeriod = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CallNode _client;
    private readonly IGatewayListProvider _provider;
    private readonly ILogger _logger;
    private readonly TimeSpan _period;
    private readonly ControlChannel _channel;
    private readonly ITransport _transport;
    private readonly ConcurrentDictionary<SiloAddress, bool> _answering = new();
    private readonly ConcurrentDictionary<SiloAddress, bool> _closing = new();
    private readonly CancellationTokenSource _ended = new();
    private SiloAddress[] _listed = [];
    private SiloAddress[] _open = [];
    private int _isRefreshing;

    public ListedGateways(CallNode client, IGatewayListProvider provider, ITransport transport, GatewayOptions options, ILogger logger)
    {
        _client = client;
        _provider = provider;
        _transport = transport;
        _logger = logger;
        _period = options.GatewayListRefreshPeriod < provider.MaxStaleness || !provider.IsUpdatable ? options.GatewayListRefreshPeriod : provider.MaxStaleness;
        _channel = new ControlChannel(client, () => _transport);
    }

    public ITransport Transport => _transport;

    public SiloAddress[] Open => Volatile.Read(ref _open);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _transport.Attach(_client.Address, _client);
        await _provider.InitializeGatewayListProvider().WaitAsync(cancellationToken).ConfigureAwait(false);
        await RefreshAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (Open.Length == 0)
        {
            Stop();
            throw new SiloUnavailableException(_listed.Length == 0
                ? "Could not connect to the cluster: its list of gateways is empty."
                : $"Could not connect to the cluster: no gateway answers at {string.Join(", ", _listed.Select(one => one.Endpoint))}.");
        }

        PeerProber prober = new(_channel, _client.Time, ProbePeriod, MissedProbes)
        {
            Peers = () => [.. _answering.Keys],
            Silent = gateway => _client.Disconnected(gateway),
            HeldUp = _ => Task.CompletedTask,
        };
        using (FlowBarrier.Enter())
        {
            _ = RunAsync(() => prober.RunAsync(_ended.Token));
            _ = RunAsync(ListenAsync);
        }
    }

    public void Stop()
    {
        _ended.Cancel();
        _transport.Detach(_client.Address);
    }

    public void Receive(ControlMessage message)
    {
        if (message.IsAnswer)
        {
            _channel.Receive(message);
        }
        else if (message.Body is GatewayClosing closing)
        {
            _closing[closing.Gateway] = true;
            Publish();
        }
    }

    public void Disconnected(SiloAddress peer)
    {
        _channel.Disconnected(peer);
        _closing.TryRemove(peer, out _);
        if (_answering.TryRemove(peer, out _))
        {
            Publish();
            using (FlowBarrier.Enter())
            {
                _ = RunAsync(RefreshAsync);
            }
        }
    }

    private async Task ListenAsync()
    {
        using PeriodicTimer timer = new(_period, _client.Time);
        while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false))
        {
            await RunAsync(RefreshAsync).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the list and asks those that did not answer so far.</summary>
    private async Task RefreshAsync()
    {
        if (Interlocked.Exchange(ref _isRefreshing, 1) != 0)
        {
            return;
        }

        try
        {
            IList<Uri> uris = await _provider.GetGateways().ConfigureAwait(false);
            SiloAddress[] listed = [.. uris.Select(AddressOf).Distinct()];
            Volatile.Write(ref _listed, listed);
            Publish();
            await AskAsync(listed.Where(gateway => !_answering.ContainsKey(gateway)).ToList()).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isRefreshing, 0);
        }
    }

    /// <summary>Asks gateways whether they live; returns when one does, or none.</summary>
    private async Task AskAsync(List<SiloAddress> gateways)
    {
        List<Task> open = [.. gateways.Select(AskAsync)];
        while (open.Count > 0 && (Open.Length == 0 || open.Exists(task => task.IsCompleted)))
        {
            open.Remove(await Task.WhenAny(open).ConfigureAwait(false));
        }
    }

    private async Task AskAsync(SiloAddress gateway)
    {
        try
        {
            await _channel.AskAsync<Probe>(gateway, new Probe(0), Patience).ConfigureAwait(false);
            _answering[gateway] = true;
            Publish();
        }
        catch (Exception error) when (error is SiloUnavailableException or TimeoutException)
        {
            // The next look at the list asks again.
        }
    }

    private void Publish()
    {
        SiloAddress[] listed = Volatile.Read(ref _listed);
        Volatile.Write(ref _open, [.. listed.Where(one => _answering.ContainsKey(one) && !_closing.ContainsKey(one)).Order()]);
    }

    private static SiloAddress AddressOf(Uri gateway)
    {
        IPAddress address = IPAddress.Parse(gateway.Host);
        Loopback.Require(address, $"The gateway {gateway}");
        return SiloAddress.New(address, gateway.Port, 0);
    }

    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client has ended.
        }
        catch (Exception error)
        {
            Log.GatewaysFailed(_logger, error);
        }
    }
}
