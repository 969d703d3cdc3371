using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>
/// Asks peers at a steady pace whether they live, and tells who has missed too many questions in a row. Whoever was itself held
/// up - stopped, or starved of processors - cannot judge others: it starts to count anew.
/// </summary>
internal sealed class PeerProber(ControlChannel channel, TimeProvider time, TimeSpan period, int limit)
{
    private readonly ConcurrentDictionary<SiloAddress, Peer> _peers = new();
    private long _round;

    /// <summary>Whom to ask.</summary>
    public required Func<IReadOnlyCollection<SiloAddress>> Peers { get; init; }

    /// <summary>Is told who missed too many questions, in each round again.</summary>
    public required Action<SiloAddress> Silent { get; init; }

    /// <summary>Is told that this node was held up, and for how long, before it asks anybody.</summary>
    public required Func<TimeSpan, Task> HeldUp { get; init; }

    /// <summary>Asks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(period, time);
        long last = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            TimeSpan passed = time.GetElapsedTime(last);
            last = time.GetTimestamp();
            if (passed > period * 2)
            {
                _peers.Clear();
                await HeldUp(passed - period).ConfigureAwait(false);
                last = time.GetTimestamp();
            }

            AskAll();
        }
    }

    private void AskAll()
    {
        long round = ++_round;
        IReadOnlyCollection<SiloAddress> peers = Peers();
        foreach (SiloAddress gone in _peers.Keys.Except(peers))
        {
            _peers.TryRemove(gone, out _);
        }

        foreach (SiloAddress address in peers)
        {
            Peer peer = _peers.GetOrAdd(address, static _ => new Peer());
            peer.Missed = peer.Asked > peer.Answered ? peer.Missed + 1 : 0;
            if (peer.Missed >= limit)
            {
                Silent(address);
            }

            peer.Asked = round;
            _ = AskAsync(address, peer, round);
        }
    }

    private async Task AskAsync(SiloAddress address, Peer peer, long round)
    {
        try
        {
            await channel.AskAsync<Probe>(address, new Probe(round), period * limit).ConfigureAwait(false);
            peer.Answered = Math.Max(peer.Answered, round);
        }
        catch (Exception error) when (error is SiloUnavailableException or TimeoutException or ObjectDisposedException)
        {
            // The next round counts it as missed.
        }
    }

    private sealed class Peer
    {
        private long _answered;

        public int Missed { get; set; }

        public long Asked { get; set; }

        public long Answered
        {
            get => Volatile.Read(ref _answered);
            set => Volatile.Write(ref _answered, value);
        }
    }
}
