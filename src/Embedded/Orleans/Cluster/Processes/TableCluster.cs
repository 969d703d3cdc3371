using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>
/// A silo's place in a cluster of several processes, any of which may be killed or stopped at any time. What the silos share is
/// the membership table; everything else they ask each other for. A silo that is declared dead leaves the membership first, then
/// the directory, then the transport, so that who sees a call fail finds the grain's new place with the next one.
/// </summary>
#pragma warning disable CA1001 // neither the token source nor the table holds anything that needs an end
internal sealed class TableCluster : ICluster
#pragma warning restore CA1001
{
    private readonly Silo _silo;
    private readonly ClusterMembershipOptions _options;
    private readonly SharedTable _table;
    private readonly ControlChannel _channel;
    private readonly DirectoryKeeper _keeper;
    private readonly SharedDirectory _directory;
    private readonly FailureDetector _detector;
    private readonly CancellationTokenSource _ended = new();
    private readonly Rounds _rounds;
    private bool _isLeaving;
    private int _isAbandoned;

    public TableCluster(Silo silo, IMembershipTable table, ITransport transport, ClusterMembershipOptions options)
    {
        _silo = silo;
        _options = options;
        _rounds = new Rounds(silo, _ended.Token);
        Transport = transport;
        _table = new SharedTable(silo, table, Membership) { Changed = OnView };
        _channel = new ControlChannel(silo, () => Transport);
        _keeper = new DirectoryKeeper(silo, Membership, _table, _channel, options.ProbeTimeout * options.NumMissedProbesLimit);
        _directory = new SharedDirectory(silo, Membership, _table, _channel, _keeper);
        _detector = new FailureDetector(silo, _table, Membership, Gossip, options);
    }

    public MembershipViews Membership { get; } = new();

    public IGrainLocator Directory => _directory;

    public ITransport Transport { get; }

    public MemoryStore Store => throw new OrleansConfigurationException(
        "The silos of several processes share no memory: register a grain storage that they do share.");

    public bool RelaysClients => true;

    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        Transport.Attach(_silo.Address, _silo);
        if (_silo.GatewayAddress is { } gateway)
        {
            Transport.Attach(gateway, _silo);
        }

        await _table.InitializeAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await _table.RefreshAsync().ConfigureAwait(false);
        foreach (SiloAddress predecessor in Membership.Current.Members.Keys.Where(other => IsOlderSelf(other)).ToList())
        {
            await _detector.DeclareAsync(predecessor, "another silo has its endpoint").ConfigureAwait(false);
        }

        await EnterAsync(SiloStatus.Joining).ConfigureAwait(false);
        await _detector.CheckAllAsync().ConfigureAwait(false);
        await EnterAsync(SiloStatus.Active).ConfigureAwait(false);
        await Task.WhenAll(_detector.Others().ToList().Select(TellAsync)).WaitAsync(cancellationToken).ConfigureAwait(false);
        Start();
    }

    public async Task AnnounceStopAsync(CancellationToken cancellationToken)
    {
        await _rounds.RunAsync(() => SetOwnAsync(SiloStatus.ShuttingDown)).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_silo.GatewayAddress is { } gateway)
        {
            foreach (SiloAddress client in _silo.Clients.All)
            {
                _channel.Tell(client, new GatewayClosing(gateway));
            }
        }
    }

    public Task LeaveAsync()
    {
        // If the table cannot be written, the others see it when nobody listens here any more.
        Volatile.Write(ref _isLeaving, true);
        return _rounds.RunAsync(() => SetOwnAsync(SiloStatus.Dead));
    }

    public void Abandon()
    {
        if (Interlocked.Exchange(ref _isAbandoned, 1) == 0)
        {
            _ended.Cancel();
            _keeper.Close();
            if (_silo.GatewayAddress is { } gateway)
            {
                Transport.Detach(gateway);
            }

            Transport.Detach(_silo.Address);
        }
    }

    public Task<bool> TryKillAsync(SiloAddress silo) => _detector.DeclareAsync(silo, "the application asked for it");

    public Task RefreshAsync() => _table.RefreshAsync();

    public void Receive(ControlMessage message)
    {
        if (message.IsAnswer)
        {
            _channel.Receive(message);
        }
        else if (message.Body is Probe)
        {
            if (message.Call.Sender.IsClient)
            {
                _silo.Clients.Meet(message.Call.Sender);
            }

            _channel.Answer(message, message.Body);
        }
        else
        {
            _ = AnswerAsync(message);
        }
    }

    public void Disconnected(SiloAddress peer)
    {
        _channel.Disconnected(peer);
        if (!peer.IsClient && !_ended.IsCancellationRequested)
        {
            _detector.ConnectionLost(peer);
        }
    }

    private async Task AnswerAsync(ControlMessage message)
    {
        try
        {
            switch (message.Body)
            {
                case ViewChanged change:
                    await _table.RefreshToAsync(change.Version).ConfigureAwait(false);
                    if (!message.OneWay)
                    {
                        _channel.Answer(message, change);
                    }

                    break;
                case DirectoryQuestion question:
                    _channel.Answer(message, await _keeper.AnswerAsync(question).ConfigureAwait(false));
                    break;
                case InventoryQuestion question:
                    await _table.RefreshToAsync(question.Version).ConfigureAwait(false);
                    _channel.Answer(message, _keeper.TakeInventory());
                    break;
                case DuplicateFound duplicate:
                    End(duplicate.Activation);
                    break;
            }
        }
        catch (Exception error)
        {
            Log.ControlFailed(_silo.Logger, message.Call.Sender, error);
            if (!message.OneWay)
            {
                _channel.Answer(message, new ControlFailure(error.Message));
            }
        }
    }

    private void End(GrainAddress duplicate)
    {
        if (_silo.Catalog.Find(duplicate.GrainId) is { } activation && activation.ActivationId == duplicate.ActivationId)
        {
            activation.Deactivate(new DeactivationReason(DeactivationReasonCode.DuplicateActivation, "Another activation of the grain was found."));
        }
    }

    private void Start()
    {
        PeerProber prober = new(_channel, _silo.Time, _options.ProbeTimeout, _options.NumMissedProbesLimit)
        {
            Peers = _detector.Monitored,
            Silent = _detector.Suspect,
            HeldUp = late =>
            {
                Log.WasHeldUp(_silo.Logger, _silo.Address, late);
                return _rounds.RunAsync(_table.RefreshAsync);
            },
        };
        using (FlowBarrier.Enter())
        {
            _ = _rounds.RunAsync(() => prober.RunAsync(_ended.Token));
            _ = _rounds.EveryAsync(_options.TableRefreshTimeout, _table.RefreshAsync);
            _ = _rounds.EveryAsync(_options.IAmAliveTablePublishTimeout, _table.SayAliveAsync);
            if (_options.DefunctSiloCleanupPeriod is { } period)
            {
                _ = _rounds.EveryAsync(period, () => _table.CleanUpAsync(_silo.Now - _options.DefunctSiloExpiration));
            }
        }
    }

    private bool IsOlderSelf(SiloAddress other) => other.Endpoint.Equals(_silo.Address.Endpoint) && other.Generation < _silo.Address.Generation
        && Membership.Current.Members[other].Status != SiloStatus.Dead;

    private async Task EnterAsync(SiloStatus status)
    {
        DateTime now = _silo.Now.UtcDateTime;
        long? version = await _table.ChangeAsync(data => data.TryGet(_silo.Address) is { } row
            ? status == SiloStatus.Joining
                ? throw new OrleansConfigurationException($"The membership table has a silo {_silo.Address} already: two silos were started at this port in the same second.")
                : SharedTable.With(row.Item1, status)
            : new MembershipEntry
            {
                SiloAddress = _silo.Address,
                Status = status,
                SiloName = _silo.Name,
                HostName = _silo.DnsHostName,
                ProxyPort = _silo.GatewayAddress?.Endpoint.Port ?? 0,
                StartTime = now,
                IAmAliveTime = now,
            }).ConfigureAwait(false);
        Gossip(version ?? throw new OrleansException($"The silo {_silo.Address} was declared dead while it joined."));
    }

    /// <summary>Makes sure that another silo knows this view, unless it does not answer, so that whoever started this silo can count on it.</summary>
    private async Task TellAsync(SiloAddress other)
    {
        try
        {
            await _channel.AskAsync<ViewChanged>(other, new ViewChanged(Membership.Current.Version.Value), _options.ProbeTimeout).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SiloUnavailableException or TimeoutException)
        {
            // It reads the table when it can.
        }
    }

    private async Task SetOwnAsync(SiloStatus status)
    {
        long? version = await _table.ChangeAsync(data => data.TryGet(_silo.Address) is { } row ? SharedTable.With(row.Item1, status) : null).ConfigureAwait(false);
        if (version is { } made)
        {
            Gossip(made);
        }
    }

    private void Gossip(long version)
    {
        if (_options.UseLivenessGossip)
        {
            foreach (SiloAddress other in _detector.Others())
            {
                _channel.Tell(other, new ViewChanged(version));
            }
        }
    }

    private void OnView(ClusterMembershipSnapshot before, ClusterMembershipSnapshot view)
    {
        List<SiloAddress> dead = [.. before.Members.Values
            .Where(member => member.Status != SiloStatus.Dead && view.GetSiloStatus(member.SiloAddress) is SiloStatus.Dead or SiloStatus.None)
            .Select(member => member.SiloAddress)];
        if (dead.Contains(_silo.Address))
        {
            if (!Volatile.Read(ref _isLeaving))
            {
                ThreadPool.UnsafeQueueUserWorkItem(silo => silo.Die("the membership table says that it is dead"), _silo, preferLocal: false);
            }

            return;
        }

        _directory.Forget(dead);
        _keeper.OnView(view, dead);
        foreach (SiloAddress gone in dead)
        {
            Transport.Sever(gone);
        }
    }
}
