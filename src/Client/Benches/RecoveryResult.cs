using NSft.Client.Chaos;

namespace NSft.Client.Benches;

/// <summary>Times of both sides. Pure.</summary>
/// <param name="Own">Seconds from each kill to the next commit of ours.</param>
/// <param name="Peer">The peer's; null when it did not run.</param>
internal sealed record RecoveryResult(IReadOnlyList<double> Own, RecoveryPeer? Peer)
{
    /// <summary>Median of ours.</summary>
    public double OwnMedian => Recoveries.Of(Own).Median;

    /// <summary>Median of the peer's time to its first step; null without a peer.</summary>
    public double? PeerMedian => Peer is null ? null : Recoveries.Of(Peer.Seconds).Median;

    /// <summary>Median of the peer's time to its first step that it had not computed before; null without a peer.</summary>
    public double? PeerCaughtUpMedian => Peer is null ? null : Recoveries.Of(Peer.CaughtUp).Median;

    /// <summary>Our median over the peer's, each to the next step that is new; null without a peer.</summary>
    public double? Ratio => OwnMedian / PeerCaughtUpMedian;
}
