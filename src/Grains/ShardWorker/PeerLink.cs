using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.ShardWorker;

/// <summary>What one exchange sends to one peer: a queue, and a bounded number of messages on their way. Used in grain turns.</summary>
/// <param name="seat">The peer's seat.</param>
/// <param name="peer">The peer.</param>
/// <param name="sender">Makes the messages and hears what became of them.</param>
/// <param name="window">Messages on their way at a time.</param>
internal sealed class PeerLink(int seat, IExchangePeer peer, ParcelSource sender, int window)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly Queue<Parcel> _waiting = new();
    private int _underway;
    private bool _isBlind;

    internal bool IsIdle => _waiting.Count == 0 && _underway == 0;

    /// <summary>Sends a chunk when its turn comes.</summary>
    internal void Post(Parcel parcel)
    {
        _waiting.Enqueue(parcel);
        Pump();
    }

    private void Pump()
    {
        while (_underway < window && _waiting.Count > 0 && !sender.Stopping.IsCancellationRequested)
        {
            _underway++;
            _ = SendAsync(Take());
        }
    }

    /// <summary>The next parcels that one message can tell of: several where the peer reads our memory, else one.</summary>
    private List<Parcel> Take()
    {
        List<Parcel> parcels = [_waiting.Dequeue()];
        while (CanShare(parcels[0]) && _waiting.TryPeek(out var next) && parcels[^1].IsFollowedBy(next))
        {
            parcels.Add(_waiting.Dequeue());
        }

        return parcels;
    }

    private bool CanShare(Parcel parcel) => !_isBlind && sender.CanShare(parcel);

    private async Task SendAsync(List<Parcel> parcels)
    {
        try
        {
            var message = CanShare(parcels[0]) ? sender.Tell(parcels) : await sender.ReadAsync(parcels[0]);
            var outcome = await DeliverAsync(parcels[0].Kind, message);
            if (outcome == AcceptOutcome.Unreadable)
            {
                _isBlind = true;
                parcels.ForEach(_waiting.Enqueue);
            }
            else if (outcome is AcceptOutcome.Accepted or AcceptOutcome.Duplicate)
            {
                sender.Delivered(seat, parcels);
            }
            else
            {
                var chunk = parcels[0].Chunk;
                throw new InvalidOperationException(
                    $"worker {seat} answered {outcome} to {parcels[0].Kind} {chunk.Index} of bucket {chunk.Owner} in step {message.Ticket.Step}, view {message.Ticket.View}");
            }
        }
#pragma warning disable CA1031 // Whatever ends a message ends the exchange, and is told in the vote.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            sender.Failed(seat, exception);
        }
        finally
        {
            _underway--;
            Pump();
        }
    }

    /// <summary>A peer that has not begun this try yet is asked again: it may still be loading, or finishing the step before.</summary>
    private async Task<AcceptOutcome> DeliverAsync(ParcelKind kind, ChunkMessage message)
    {
        for (var pause = FirstPause; ; pause = pause < LongestPause ? 2 * pause : pause)
        {
            var outcome = await (kind switch
            {
                ParcelKind.Partial => peer.AcceptPartialAsync(message),
                ParcelKind.Sum => peer.AcceptSumAsync(message),
                _ => peer.AcceptWeightsAsync(message),
            });
            if (outcome != AcceptOutcome.Unknown)
            {
                return outcome;
            }

            await Task.Delay(pause, sender.Stopping);
        }
    }
}
